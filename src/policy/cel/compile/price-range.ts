import { PRICE_MAX } from '../../../base/money.js';
import { unitsOf } from '../fields.js';

const MICROS_MAX = PRICE_MAX * 1_000_000;

/**
 * The whole amounts around a limit in currency units: `least` is the smallest that is not below it, `most` the largest
 * that is not above it. So price >= limit is micros >= least, price > limit is micros > most, and no price has to
 * be divided.
 *
 * Amounts count as the doubles nearest to them, which is how JSON and CEL read decimals. Under 2^33 units every
 * amount of whole micros has a double of its own, so a comparison with a literal of up to six decimals is exact.
 */
export interface MicrosRange {
  readonly least: number;
  readonly most: number;
}

export function microsAround(limit: number): MicrosRange {
  let least = Math.min(Math.max(Math.round(limit * 1_000_000), -1), MICROS_MAX + 1);
  while (least > -1 && unitsOf(least - 1) >= limit) least -= 1;
  while (least <= MICROS_MAX && unitsOf(least) < limit) least += 1;
  let most = least;
  while (most <= MICROS_MAX && unitsOf(most) <= limit) most += 1;
  return { least, most: most - 1 };
}
