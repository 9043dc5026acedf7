import { toMicros } from '../base/money.js';
import { ATTRIBUTE_MAX } from '../schema/profile.js';

/** Utility is an integer of nanos, 1e-9 of a unit. Decimals exist only on the wire, as with money. */
export const NANOS_PER_UNIT = 1_000_000_000;
export const NANOS_PER_MICRO = 1000;
const DECIMAL_PLACES = 9;

/** The decimal text of nanos, as JSON writes a number: no exponent, no trailing zeros. Utilities may be negative. */
export function nanosToDecimal(nanos: number): string {
  const magnitude = Math.abs(nanos);
  const units = Math.floor(magnitude / NANOS_PER_UNIT);
  const fraction = String(magnitude - units * NANOS_PER_UNIT).padStart(DECIMAL_PLACES, '0');
  const sign = nanos < 0 ? '-' : '';
  return `${sign}${units}.${fraction}`.replace(/\.?0+$/, '');
}

/**
 * A decimal of either sign in micros, clamped to what attributes may be; halves go to the even neighbour, as with
 * amounts of money.
 */
export function toSignedMicros(value: number): number {
  const clamped = Math.min(Math.max(value, -ATTRIBUTE_MAX), ATTRIBUTE_MAX);
  return clamped < 0 ? 0 - toMicros(-clamped) : toMicros(clamped);
}

/** numerator / denominator rounded towards minus infinity; the denominator is positive. */
export function divideRoundingDown(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}
