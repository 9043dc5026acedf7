import type { FastifyInstance } from 'fastify';
import { ERRORS, refuse } from '../../base/errors.js';
import { problemOf, sendRefusal } from '../send-refusal.js';

/** What Node would answer without a body is answered in the one envelope: a missing host, an unknown expectation. */
export function useProtocol(app: FastifyInstance, nextRequestId: () => string): void {
  app.addHook('onRequest', (request, reply, done) => {
    // RFC 9112, section 3.2. HTTP/1.0 has no such rule.
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      void reply.header('connection', 'close');
      sendRefusal(reply, refuse('MALFORMED_HTTP', 'The request has no Host header.'));
    } else done();
  });
  app.server.on('checkExpectation', (_request, response) => {
    const body = JSON.stringify(problemOf(refuse('EXPECTATION_FAILED'), nextRequestId()));
    response.writeHead(ERRORS.EXPECTATION_FAILED.status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}
