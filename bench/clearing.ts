import type { ClearingOptions } from '../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../src/schema/limits.js';

/** The key that orders ties in every server of a run, so that all of them owe the same answers. */
export const TIE_KEY_HEX = '5a'.repeat(32);

/** Callers without pause make a queue on purpose: here it is the speed that is measured, and nothing is refused. */
export const PATIENT_MS = '600000';

/** How the runner and the baselines clear; the engine is given the same through its options. */
export const CLEARING: ClearingOptions = {
  limits: DEFAULT_ROUND_LIMITS,
  tieKey: Buffer.from(TIE_KEY_HEX, 'hex'),
  retention: 'off',
};
