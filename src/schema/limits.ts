/** How large a round may be. The values are options of the engine; workers, CLI and door are given the same ones. */
export interface RoundLimits {
  readonly bidsMax: number;
  readonly lotsMax: number;
  /** How deep arrays and objects may nest in a body. */
  readonly nestingMax: number;
}

export const DEFAULT_ROUND_LIMITS: RoundLimits = { bidsMax: 500, lotsMax: 100, nestingMax: 32 };
