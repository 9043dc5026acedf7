/**
 * How much the rules of one policy may be together. A round may carry a policy that a worker checks and compiles
 * before it decides, so a policy of any size must cost milliseconds: what one rule may be, a hundred must not.
 */
export const POLICY_LIMITS = {
  /** Names in all lists; groups count with all their members. */
  namesMax: 10_000,
  /** Attributes that the rules read, each counted once: every bid of a round gets a row of them. */
  attributesMax: 100,
  /** UTF-16 units of all expressions. */
  expressionsLengthMax: 16_000,
  /** Steps that all expressions may take for one bid at worst. */
  stepsMax: 10_000,
  /** Faults that are told of one policy. */
  faultsMax: 20,
} as const;
