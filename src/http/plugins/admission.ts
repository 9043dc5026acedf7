import type { FastifyInstance } from 'fastify';
import { quickRefusal } from '../quick-refusal.js';
import { RETRY_AFTER_SECONDS } from '../send-refusal.js';

/**
 * Every route of this scope puts work on the workers. While they have all the work they accept, it is refused before
 * its body is read. Who calls is known by then: strangers are not told how busy the engine is, and are refused as quickly.
 */
export function useAdmission(app: FastifyInstance, isOverloaded: () => boolean): void {
  const refuseQuickly = quickRefusal('OVERLOADED', { 'retry-after': RETRY_AFTER_SECONDS });
  app.addHook('onRequest', (_request, reply, done) => {
    if (isOverloaded()) refuseQuickly(reply);
    else done();
  });
}
