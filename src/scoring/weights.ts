import { toMicros } from '../base/money.js';
import { NANOS_PER_MICRO, NANOS_PER_UNIT } from './units.js';

/**
 * Weights divided by their sum, in nanos that add up to exactly one: each is rounded down, and the nanos that are left
 * go one by one to the largest remainders, at a tie to the earlier weight. So a bid that is best in everything has
 * utility 1, not 0.999999999.
 */
export function normalisedWeights(weights: readonly number[]): readonly number[] {
  const micros = weights.map((weight) => BigInt(toMicros(weight)));
  const sum = micros.reduce((total, each) => total + each, 0n);
  const shares = micros.map((each, index) => {
    const scaled = each * BigInt(NANOS_PER_UNIT);
    return { index, nanos: Number(scaled / sum), remainder: scaled % sum };
  });
  const left = NANOS_PER_UNIT - shares.reduce((total, { nanos }) => total + nanos, 0);
  const raised = new Set(
    shares
      .toSorted(byRemainder)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return shares.map(({ index, nanos }) => (raised.has(index) ? nanos + 1 : nanos));
}

/** Weights as they are, in nanos. */
export function plainWeights(weights: readonly number[]): readonly number[] {
  return weights.map((weight) => toMicros(weight) * NANOS_PER_MICRO);
}

interface Share {
  readonly index: number;
  readonly remainder: bigint;
}

function byRemainder(a: Share, b: Share): number {
  return a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1;
}
