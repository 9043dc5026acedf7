import type { RoundLimits } from '../schema/limits.js';
import type { Config } from './read-config.js';

export function roundLimits(config: Config): RoundLimits {
  return {
    bidsMax: config.PARLEY_BIDS_MAX,
    lotsMax: config.PARLEY_LOTS_MAX,
    nestingMax: config.PARLEY_NESTING_MAX,
  };
}
