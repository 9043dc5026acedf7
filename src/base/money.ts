/** Money inside Parley is an integer of micros, 1e-6 of a currency unit. Decimals exist only on the wire. */

const MICROS_PER_UNIT = 1_000_000;
const MICROS_PER_MILL = 1000;
const DECIMAL_PLACES = 6;

/** '', '.001', ... '.1', ... '.999' */
const MILLS_TEXT = Array.from({ length: 1000 }, (_, mills) => String(mills / 1000).slice(1));

/** The highest price a bid, floor or reserve may name, in currency units; its micros fit a safe integer. */
export const PRICE_MAX = 9_000_000_000;
/** The same in micros. */
export const MICROS_MAX = PRICE_MAX * MICROS_PER_UNIT;

/** Up to here a double carries every digit of a six-decimal amount, so plain arithmetic is exact. */
const EXACT_MICROS_MAX = 1e15;

/**
 * A decimal amount (0 to PRICE_MAX) in micros; more than six decimals round half-even.
 * The decimal meant by a double is the shortest one that reads back as the same double.
 */
export function toMicros(amount: number): number {
  const scaled = amount * MICROS_PER_UNIT;
  const nearest = Math.round(scaled);
  // The product is off by less than a quarter, so near an integer that integer is the answer.
  // Adding 0 turns -0 into 0.
  if (scaled < EXACT_MICROS_MAX && Math.abs(scaled - nearest) < 0.25) return nearest + 0;
  return roundDecimalText(amount);
}

/** The decimal text of an amount in micros, as JSON writes a number: no exponent, no trailing zeros. */
export function microsToDecimal(micros: number): string {
  const units = Math.floor(micros / MICROS_PER_UNIT);
  const fraction = micros - units * MICROS_PER_UNIT;
  if (fraction === 0) return String(units);
  const mills = fraction / MICROS_PER_MILL;
  // Nearly every price has three decimals at most, and a table is quicker than a division into digits.
  if (Number.isInteger(mills)) return `${units}${MILLS_TEXT[mills]!}`;
  return `${units}.${String(fraction).padStart(DECIMAL_PLACES, '0').replace(/0+$/, '')}`;
}

/** numerator / denominator, rounded up; both non-negative, the denominator positive. */
export function divideRoundingUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}

function roundDecimalText(amount: number): number {
  const [mantissa = '0', exponent = '0'] = amount.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  // amount = 0.d1d2d3... x 10^pointAt, so micros keep pointAt + 6 of the digits.
  const kept = Number(exponent) + 1 + DECIMAL_PLACES;
  if (kept < 0) return 0;
  const whole = BigInt(digits.slice(0, kept).padEnd(kept, '0') || '0');
  return Number(whole + (roundsUp(digits.slice(kept), whole) ? 1n : 0n));
}

function roundsUp(rest: string, whole: bigint): boolean {
  if (rest === '' || rest[0]! < '5') return false;
  const exactlyHalf = /^50*$/.test(rest);
  return !exactlyHalf || whole % 2n === 1n;
}
