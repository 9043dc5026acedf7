import type { FastifyInstance } from 'fastify';
import { type ErrorCode, ERRORS, refuse } from '../../base/errors.js';
import { problemOf, RETRY_AFTER_SECONDS } from '../send-refusal.js';

/** Why the engine takes no work just now. */
export const NO_ADMISSION = ['OVERLOADED', 'LEDGER_UNAVAILABLE'] as const satisfies readonly ErrorCode[];
export type NoAdmission = (typeof NO_ADMISSION)[number];

/** The one error envelope of each code up to the id of the request, which comes last. */
const ENVELOPES = new Map(
  NO_ADMISSION.map((code) => [code, JSON.stringify(problemOf(refuse(code), '')).slice(0, -'""}'.length)]),
);

/**
 * Every route of this scope puts work on the workers. While they have all the work they accept, or what they decide could
 * not be recorded, it is refused before its body is read; Node reads the body away and keeps the connection. The answer
 * goes round the rest of Fastify's lifecycle, which spares a fifth of the CPU: an engine that is overloaded refuses more
 * often than it decides.
 */
export function useAdmission(app: FastifyInstance, whyNotNow: () => NoAdmission | undefined): void {
  app.addHook('onRequest', (request, reply, done) => {
    const code = whyNotNow();
    if (code === undefined) {
      done();
      return;
    }
    reply.hijack();
    reply.refusalCode = code;
    const body = `${ENVELOPES.get(code)}${JSON.stringify(request.id)}}`;
    reply.raw.writeHead(ERRORS[code].status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      'retry-after': RETRY_AFTER_SECONDS,
    });
    reply.raw.end(body, 'latin1');
  });
}
