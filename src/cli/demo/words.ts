/** Numbers and names as the demo prints them. Fixed to English, so that every machine prints the same. */

const COUNT = new Intl.NumberFormat('en-US');
const AMOUNT = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const TOTAL = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function count(number: number): string {
  return COUNT.format(number);
}

/** A price with every decimal it has. */
export function amount(price: number): string {
  return AMOUNT.format(price);
}

/** A sum of money, to the cent. */
export function total(micros: number): string {
  return TOTAL.format(micros / 1e6);
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
