import { LedgerUnavailable } from '../ledger-port.js';
import type { Claim } from './claim.js';
import type { RetryPorts } from './ports.js';

/** Unkept: certainly not. */
export type Keeping = 'kept' | 'unkept' | 'unknown';

export type KeepingPorts = Pick<RetryPorts, 'ledger' | 'holder' | 'keptMs' | 'journal'>;

/** Keeps an answer that rides with no block; it may go out when it is kept. */
export async function keepAnswer(
  { ledger, holder, keptMs, journal }: KeepingPorts,
  { key, node }: Claim,
  bytes: Buffer,
): Promise<Keeping> {
  try {
    if (await ledger.retries.keepAnswer(node, { key, bytes, keptMs })) return 'kept';
  } catch (error) {
    journal.fault('an answer could not be kept', error);
    return error instanceof LedgerUnavailable ? 'unkept' : 'unknown';
  }
  await holder.renew(node).catch((error: unknown) => {
    journal.fault(`a node could not go on after ${node} was fenced`, error);
  });
  return 'unkept';
}
