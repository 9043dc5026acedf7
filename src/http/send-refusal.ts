import type { FastifyReply } from 'fastify';
import { ERRORS, type Refusal } from '../base/errors.js';
import type { Problem } from '../schema/problem.js';

const RETRY_AFTER_SECONDS = '1';

/** The one error envelope. */
export function problemOf({ code, message, path }: Refusal, requestId: string): Problem {
  return path === undefined ? { code, message, requestId } : { code, message, path, requestId };
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status } = ERRORS[refusal.code];
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal, reply.request.id)));
}
