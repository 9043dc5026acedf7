import type { FastifyReply } from 'fastify';
import { type ErrorCode, ERRORS, type Refusal } from '../base/errors.js';
import type { Problem } from '../schema/problem.js';

export const RETRY_AFTER_SECONDS = '1';

/** The one error envelope. */
export function problemOf({ code, message, path }: Refusal, requestId: string): Problem {
  return path === undefined ? { code, message, requestId } : { code, message, path, requestId };
}

/** Refusals that are faults of ours: the log has a line for each under its request id. */
const FAULTS: ReadonlySet<ErrorCode> = new Set([
  'WORKER_FAILED',
  'LEDGER_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'INTERNAL_FAULT',
]);

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status } = ERRORS[refusal.code];
  reply.refusalCode = refusal.code;
  logIfFault(reply, refusal);
  if (status === 503 || refusal.code === 'IN_FLIGHT') void reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(problemOf(refusal, reply.request.id)));
}

/** Whoever reads the id of a request in a refusal that is a fault of ours finds it in the log. */
export function logIfFault({ request, log }: FastifyReply, { code }: Refusal): void {
  if (FAULTS.has(code)) log.error({ requestId: request.id, code }, 'a request was refused by a fault');
}
