/** Whole numbers from a seed: the same seed gives the same numbers on every machine. */
export interface Random {
  /** From 0 to `limit` minus 1. */
  below(limit: number): number;
  /** From `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** An odd step visits all 2^32 states before one comes back. */
const STEP = 0x9e3779b9;
const STATES = 2 ** 32;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + STEP) >>> 0;
    // The product stays under 2^53 for limits up to 2^21, so the division loses nothing.
    return Math.floor((scatter(state) * limit) / STATES);
  };
  return {
    below,
    between: (lowest, highest) => lowest + below(highest - lowest + 1),
    chance: (percent) => below(100) < percent,
    pick: (choices) => choices[below(choices.length)]!,
  };
}

/** Spreads neighbouring states over the whole range: shift, fold and multiply by odd numbers, which loses no state. */
function scatter(state: number): number {
  let bits = state;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b5);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  return (bits ^ (bits >>> 16)) >>> 0;
}
