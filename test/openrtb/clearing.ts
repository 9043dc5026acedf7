import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import type { OpenRtbOptions } from '../../src/schema/openrtb/options.js';
import { CLEARED_AT_MS, TIE_KEY } from '../rounds/clearing.js';

export interface Asked {
  readonly request: unknown;
  readonly responses: unknown;
  readonly options?: OpenRtbOptions | undefined;
}

/** Answer and record, as text, of an auction that the engine must not refuse. */
export function clearOpenRtb(asked: Asked): { readonly answer: string; readonly record: string } {
  const clearing = clearOrRefuseOpenRtb(asked);
  if ('refusal' in clearing) throw new Error(JSON.stringify(clearing.refusal));
  return clearing.cleared;
}

export function clearOrRefuseOpenRtb({ request, responses, options }: Asked) {
  const bytes = Buffer.from(JSON.stringify({ request, responses }));
  return clearerFor(options).clearOpenRtb(bytes, {
    fallbackId: 'assigned',
    atMs: CLEARED_AT_MS,
    waitedMs: 0,
  });
}

const clearers = new Map<string, RoundClearer>();

/** Making one costs more than clearing with it, so one is kept for each set of options. */
function clearerFor(openRtb: OpenRtbOptions = {}): RoundClearer {
  const key = JSON.stringify(openRtb);
  const known = clearers.get(key);
  if (known !== undefined) return known;
  const clearer = new RoundClearer({
    limits: DEFAULT_ROUND_LIMITS,
    tieKey: TIE_KEY,
    retention: 'full',
    openRtb,
  });
  clearers.set(key, clearer);
  return clearer;
}
