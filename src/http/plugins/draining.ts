import type { FastifyInstance } from 'fastify';
import { refuse } from '../../base/errors.js';
import { sendRefusal } from '../send-refusal.js';

/** Once the engine is stopping, connections that are still open get a refusal instead of a decision. */
export function useDraining(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onRequest', (_request, reply, done) => {
    if (!isDraining()) {
      done();
      return;
    }
    void reply.header('connection', 'close');
    sendRefusal(reply, refuse('DRAINING'));
  });
}
