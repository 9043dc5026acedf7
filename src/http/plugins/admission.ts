import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../../base/errors.js';
import { quickRefusal } from '../quick-refusal.js';
import { RETRY_AFTER_SECONDS } from '../send-refusal.js';

/** Why the engine takes no work just now. */
export type NoAdmission = Extract<ErrorCode, 'OVERLOADED' | 'LEDGER_UNAVAILABLE'>;

/**
 * Every route of this scope puts work on the workers. While they have all the work they accept, or what they decide could
 * not be recorded, it is refused before its body is read. Who calls is known by then: strangers are not told how busy the
 * engine is, and are refused as quickly.
 */
export function useAdmission(app: FastifyInstance, whyNotNow: () => NoAdmission | undefined): void {
  const later = { 'retry-after': RETRY_AFTER_SECONDS };
  const refuseQuickly = {
    OVERLOADED: quickRefusal('OVERLOADED', later),
    LEDGER_UNAVAILABLE: quickRefusal('LEDGER_UNAVAILABLE', later),
  };
  app.addHook('onRequest', (_request, reply, done) => {
    const reason = whyNotNow();
    if (reason === undefined) done();
    else refuseQuickly[reason](reply);
  });
}
