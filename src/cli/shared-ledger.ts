import type { Config } from '../config/read-config.js';
import type { Ledger } from '../engine/ledger-port.js';

/** The ledger that REDIS_URL names; undefined when it names none. Only where there is one is the engine loaded. */
export async function openSharedLedger(config: Config): Promise<Ledger | undefined> {
  if (config.REDIS_URL === undefined) return undefined;
  const { openLedger } = await import('../app.js');
  return openLedger(config);
}
