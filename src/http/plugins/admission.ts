import type { FastifyInstance } from 'fastify';
import { ERRORS, refuse } from '../../base/errors.js';
import { problemOf, RETRY_AFTER_SECONDS } from '../send-refusal.js';

const CODE = 'OVERLOADED';
/** The one error envelope up to the id of the request, which comes last. */
const ENVELOPE = JSON.stringify(problemOf(refuse(CODE), '')).slice(0, -'""}'.length);

/**
 * Every route of this scope puts work on the workers. While they have all the work they accept, it is refused before
 * its body is read; Node reads the body away and keeps the connection. The answer goes round the rest of Fastify's
 * lifecycle, which spares a fifth of the CPU: an engine that is overloaded refuses more often than it decides.
 */
export function useAdmission(app: FastifyInstance, isOverloaded: () => boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isOverloaded()) {
      done();
      return;
    }
    reply.hijack();
    reply.refusalCode = CODE;
    const body = `${ENVELOPE}${JSON.stringify(request.id)}}`;
    reply.raw.writeHead(ERRORS[CODE].status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      'retry-after': RETRY_AFTER_SECONDS,
    });
    reply.raw.end(body, 'latin1');
  });
}
