import type { NaiveRates } from './naive-auction.js';

/** Exchange by pencil and paper: fractions of BigInts. */

interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

export function hasRate({ base, rates }: NaiveRates, currency: string): boolean {
  return currency === base || currency in rates;
}

export function convertedUp(micros: bigint, from: string, to: string, rates: NaiveRates): bigint {
  const { top, bottom } = exchange(micros, from, to, rates);
  return (top + bottom - 1n) / bottom;
}

export function convertedDown(micros: bigint, from: string, to: string, rates: NaiveRates): bigint {
  const { top, bottom } = exchange(micros, from, to, rates);
  return top / bottom;
}

/** From one currency into the base, and from there into the other. */
function exchange(micros: bigint, from: string, to: string, rates: NaiveRates): Fraction {
  if (from === to) return { top: micros, bottom: 1n };
  const [source, target] = [worth(rates, from), worth(rates, to)];
  return { top: micros * target.top * source.bottom, bottom: target.bottom * source.top };
}

/** What one unit of the base is worth. */
function worth({ base, rates }: NaiveRates, currency: string): Fraction {
  const [whole = '', decimals = ''] = (currency === base ? '1' : rates[currency]!).split('.');
  return { top: BigInt(whole + decimals), bottom: 10n ** BigInt(decimals.length) };
}
