import type { BidRequest, DealRequest, FormatName, LotRequest } from '../../schema/round.js';
import type { DecidedRound } from './clearing.js';
import { awardWords, lossWords } from './endings.js';
import { amount } from './words.js';

const RULES: Readonly<Record<FormatName, string>> = {
  'first-price': 'a winner pays what it bid',
  'second-price': 'the winner pays 0.01 more than the runner-up bid',
  'fixed-price': 'the best bid gets the lot at the price agreed beforehand',
  'uniform-price': 'every unit costs what the best bid without an award offered',
  gsp: 'each position costs 0.01 more than the next bid',
  vcg: 'each position costs what its winner takes away from the bids below',
};

/** One round of one lot: the rule, what was sold, and what became of each bid. */
export function tellRound(round: DecidedRound): readonly string[] {
  const { title, request } = round;
  return [
    `${request.format}: ${RULES[request.format]}`,
    `  ${title}`,
    `  ${termsOf(request.lots[0]!)}`,
    ...bidLines(round),
  ];
}

function termsOf({ quantity = 1, floor = 0, reserve, slots, privateAuction, deals }: LotRequest): string {
  const terms = [
    ...(quantity === 1 ? [] : [`${quantity} units`]),
    `floor ${amount(floor)}`,
    ...(reserve === undefined ? [] : [`private minimum ${amount(reserve)}, which buyers do not see`]),
    ...(slots === undefined ? [] : [`positions of weight ${slots.join(', ')}`]),
    ...(privateAuction === true ? ['open bids do not compete'] : []),
    ...(deals === undefined ? [] : [`deals: ${deals.map(dealWords).join(', ')}`]),
  ];
  return terms.join('; ');
}

function dealWords({ id, floor = 0, format }: DealRequest): string {
  return `${id} ${format === 'fixed-price' ? 'at' : 'from'} ${amount(floor)}`;
}

/** Winners first, the best position on top; then the others by what they bid. */
function bidLines(round: DecidedRound): readonly string[] {
  const { request, answer } = round;
  const bids = new Map(request.bids.map((bid) => [bid.id, bid]));
  const endings = [
    ...answer.awards.map((award) => ({
      bid: bids.get(award.bid)!,
      rank: award.slot ?? 0,
      words: awardWords(award, round),
    })),
    ...answer.losses.map((loss) => ({
      bid: bids.get(loss.bid)!,
      rank: Infinity,
      words: lossWords(loss, round),
    })),
  ].sort((a, b) => (a.rank === b.rank ? b.bid.price - a.bid.price : a.rank - b.rank));
  const width = Math.max(...endings.map(({ bid }) => offerOf(bid).length));
  return endings.map(
    ({ bid, words }) => `    ${bid.seat.padEnd(7)}bid ${offerOf(bid).padEnd(width)}  ${words}`,
  );
}

function offerOf({ price, quantity = 1, deal }: BidRequest): string {
  const units = quantity === 1 ? '' : ` for ${quantity}`;
  return `${amount(price)}${units}${deal === undefined ? '' : ` via ${deal}`}`;
}
