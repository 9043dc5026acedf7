/** Numbers and values as a person reads them; every machine writes the same. */

const AMOUNT = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
  useGrouping: false,
});
const SHOWN_LENGTH_MAX = 200;

export function amount(price: number): string {
  return AMOUNT.format(price);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A value of JSON; a list without its brackets. */
export function plain(told: unknown): string {
  if (told === null || told === undefined) return 'not said';
  const text = Array.isArray(told)
    ? told.map(String).join(', ')
    : typeof told === 'string'
      ? told
      : JSON.stringify(told);
  return text.length <= SHOWN_LENGTH_MAX ? text : `${text.slice(0, SHOWN_LENGTH_MAX)} ...`;
}

/** `birch (b2) at 1.20`: the name of an OpenRTB bid begins with its seat already. */
export function offer({ bid, seat, price }: { bid: string; seat: string; price: number }): string {
  return `${who({ bid, seat })} at ${amount(price)}`;
}

export function who({ bid, seat }: { bid: string; seat: string }): string {
  return bid === seat || bid.startsWith(`${seat} `) ? bid : `${seat} (${bid})`;
}

export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
