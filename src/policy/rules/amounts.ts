const MICROS_PER_UNIT = 1_000_000;

/** Micros in wire terms. The quotient of two integers is the double nearest to the decimal, so nothing is lost. */
export function toDecimal(micros: number): number {
  return micros / MICROS_PER_UNIT;
}

/** What so many units cost. Units times price can be beyond the integers that a double holds. */
export function worthMicros(priceMicros: number, quantity: number): bigint {
  return BigInt(priceMicros) * BigInt(quantity);
}

/** The double nearest to the decimal, for sums of any size. */
export function sumToDecimal(micros: bigint): number {
  const unit = BigInt(MICROS_PER_UNIT);
  const fraction = String(micros % unit).padStart(6, '0');
  return Number(`${micros / unit}.${fraction}`);
}
