import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';

/** The tie key of every round cleared in tests: 32 zero bytes. */
export const TIE_KEY = new Uint8Array(32);
export const CLEARED_AT_MS = 1_700_000_000_000;

const clearer = new RoundClearer({ limits: DEFAULT_ROUND_LIMITS, tieKey: TIE_KEY, retention: 'full' });

/** Answer and record, as text, of a round that the engine must not refuse. */
export function clear(round: unknown): { readonly answer: string; readonly record: string } {
  const clearing = clearOrRefuse(round);
  if ('refusal' in clearing) throw new Error(JSON.stringify(clearing.refusal));
  return clearing.cleared;
}

export function clearOrRefuse(round: unknown) {
  const bytes = Buffer.from(JSON.stringify(round));
  return clearer.clear(bytes, { fallbackId: 'assigned', atMs: CLEARED_AT_MS, waitedMs: 0 });
}
