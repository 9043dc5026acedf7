/** Money by pencil and paper: the decimal text of an amount as one BigInt fraction, rounded half-even to micros. */

export function microsOf(amount: number): bigint {
  return microsOfText(String(amount));
}

/** The same for a decimal text, exponent and all: 12, 0.5, 1e-7, 2.5E+3. */
export function microsOfText(text: string): bigint {
  const { digits, scale } = fractionOf(text);
  // The amount is digits / 10^scale, so its micros are digits x 10^6 / 10^scale.
  return halfEven(digits * 10n ** 6n * 10n ** BigInt(Math.max(0, -scale)), 10n ** BigInt(Math.max(0, scale)));
}

/** The number JSON.parse reads from the decimal text of so many micros. */
export function decimalOf(micros: bigint): number {
  return Number(`${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`);
}

export function highest(amounts: bigint[]): bigint {
  return amounts.reduce((best, amount) => (amount > best ? amount : best));
}

export function lowest(amounts: bigint[]): bigint {
  return amounts.reduce((best, amount) => (amount < best ? amount : best));
}

function fractionOf(text: string): { digits: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  const twiceRest = (numerator % denominator) * 2n;
  const up = twiceRest > denominator || (twiceRest === denominator && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}
