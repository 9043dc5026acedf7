import type { BidRequest, DealRequest, FormatName, LotRequest } from '../../schema/round.js';
import type { Answer, Award, DecidedRound, Loss } from './clearing.js';
import { awardWords, lossWords } from './endings.js';
import { awardReasons, lossReasons } from './reasons.js';
import { bidOf } from './request-parts.js';
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
  const { title, request, answer } = round;
  return [
    `${rulesOf(answer)}${request.format}: ${RULES[request.format]}`,
    `  ${title}`,
    `  ${termsOf(request.lots[0]!)}`,
    ...bidLines(round),
  ];
}

/** The versions that the answer says it was decided under. */
function rulesOf({ policies = [], profile }: Answer): string {
  const versions = [...policies, ...(profile === undefined ? [] : [profile])];
  return versions.length === 0 ? '' : `Under ${versions.join(' and ')}, `;
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

interface Told {
  readonly bid: BidRequest;
  readonly offer: string;
  readonly rank: number;
  readonly words: string;
  readonly reasons: readonly string[];
}

/** Winners first, the best position on top; then the others by what they bid. Reasons stand under their bid. */
function bidLines(round: DecidedRound): readonly string[] {
  const endings = endingsOf(round).sort((a, b) =>
    a.rank === b.rank ? b.bid.price - a.bid.price : a.rank - b.rank,
  );
  const width = Math.max(...endings.map(({ offer }) => offer.length));
  return endings.flatMap(({ bid, offer, words, reasons }) => [
    `    ${bid.seat.padEnd(7)}bid ${offer.padEnd(width)}  ${words}`,
    ...reasons.map((reason) => `      ${reason}`),
  ]);
}

function endingsOf(round: DecidedRound): Told[] {
  const { awards, losses } = round.answer;
  const winners = awards.map((award) => ({
    ...offered(award, round),
    rank: award.slot ?? 0,
    words: awardWords(award, round),
    reasons: awardReasons(award, round),
  }));
  const others = losses.map((loss) => ({
    ...offered(loss, round),
    rank: Infinity,
    words: lossWords(loss, round),
    reasons: lossReasons(loss),
  }));
  return [...winners, ...others];
}

function offered({ bid: id, utility }: Award | Loss, round: DecidedRound): Pick<Told, 'bid' | 'offer'> {
  const bid = bidOf(id, round);
  return { bid, offer: `${offerOf(bid)}${utility === undefined ? '' : `, utility ${utility}`}` };
}

function offerOf({ price, quantity = 1, deal }: BidRequest): string {
  const units = quantity === 1 ? '' : ` for ${quantity}`;
  return `${amount(price)}${units}${deal === undefined ? '' : ` via ${deal}`}`;
}
