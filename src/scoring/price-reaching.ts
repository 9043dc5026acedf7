import type { Scorer } from './fast.js';

export interface PriceRange {
  readonly lowestMicros: number;
  readonly highestMicros: number;
}

/** A bid as far as solving for its price needs it: what everything but the price adds to its utility follows. */
export interface ScoredBid {
  readonly priceMicros: number;
  readonly utilityNanos: number;
}

/**
 * The smallest price in the range at which a bid with these attributes has at least the target utility; undefined when
 * even the highest does not reach it, or when the bid lacks an attribute it may not lack.
 */
export function priceReaching(
  scorer: Scorer,
  attributes: Float64Array,
  targetNanos: number,
  range: PriceRange,
): number | undefined {
  return priceAbove(scorer, targetNanos - scorer.attributesUtility(attributes), range);
}

/** The same for a bid whose utility is known, so that its attributes need not be looked at again. */
export function priceReachingFrom(
  scorer: Scorer,
  { priceMicros, utilityNanos }: ScoredBid,
  targetNanos: number,
  range: PriceRange,
): number | undefined {
  return priceAbove(scorer, targetNanos - utilityNanos + scorer.priceUtility(priceMicros), range);
}

function priceAbove(scorer: Scorer, priceUtility: number, range: PriceRange): number | undefined {
  if (Number.isNaN(priceUtility)) return undefined;
  const solved = Math.max(range.lowestMicros, scorer.firstPriceReaching(priceUtility));
  return solved <= range.highestMicros ? solved : undefined;
}
