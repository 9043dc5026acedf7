import type { Change } from '../../../schema/explanation.js';
import { amount, plain } from './words.js';

type Priced = Extract<Change, { readonly kind: 'price' | 'tie' | 'deal' }>;

/** What would have won, in a sentence. `price` is what the bid said. */
export function tellChange(change: Change, price: number): string {
  switch (change.kind) {
    case 'price':
      return priceWords(change, price);
    case 'tie':
      return `At ${amount(change.price)}${sent(change)} it would have tied, and the tie key would have decided; no other price wins.`;
    case 'deal':
      return `Would have won ${dealWords(change)}${priceNote(change)}.`;
    case 'rule':
      return `Before it can win, ${change.rule} has to be met, whatever the price.`;
    case 'field':
      return `What decides is ${change.field}, ${change.value === undefined ? 'which it does not say' : `here ${plain(change.value)}`}, whatever the price.`;
    case 'none':
      return 'No price and no deal of this lot would have won.';
    case 'untried':
      return 'The round is too large to try what would have won for every bid.';
  }
}

/** The smallest step of a price. */
const STEP = 0.000001;

function priceWords(change: Extract<Change, { readonly kind: 'price' }>, price: number): string {
  const { tieAt } = change;
  if (tieAt === undefined || change.price - tieAt > 1.5 * STEP) {
    const tied = tieAt === undefined ? '' : ` At ${amount(tieAt)} a tie would have decided.`;
    return `Would have won with ${difference(change)}: ${amount(change.price)} instead of ${amount(price)}${sent(change)}.${tied}`;
  }
  return `Would have won with more than ${amount(tieAt)}${sent(change)}, which is ${amount(change.more - STEP)} above its bid; at ${amount(tieAt)} a tie decides.`;
}

function difference({ more }: Priced): string {
  return more < 0 ? `${amount(-more)} less` : `${amount(more)} more`;
}

function sent({ sent: said }: Priced): string {
  return said === undefined ? '' : `, sent as ${amount(said.price)} ${said.currency}`;
}

function dealWords({ deal }: Extract<Change, { readonly kind: 'deal' }>): string {
  return deal === null ? 'without its deal' : `with deal ${deal}`;
}

function priceNote(change: Extract<Change, { readonly kind: 'deal' }>): string {
  return change.more === 0
    ? ' at its own price'
    : ` and ${difference(change)}: ${amount(change.price)}${sent(change)}`;
}
