import { microsOf } from './naive-money.js';
import type { NaiveAnswer, NaiveAward, NaiveBid, NaiveLoss, NaiveRound } from './naive-round.js';

/** What has to happen in generated rounds, and often, for their test to mean something. */
export const EVENTS: { [event: string]: (round: NaiveRound, answer: NaiveAnswer) => boolean } = {
  'a rule stops a bid that stands alone': (_, { losses }) =>
    losses.some(({ code }) => within(code, 510, 522)),
  'a seat has too many bids': (_, { losses }) => losses.some(({ code }) => code === 523),
  'a seat has its awards': (_, { losses }) => losses.some(({ code }) => code === 524),
  'an advertiser has its awards': (_, { losses }) => losses.some(({ code }) => code === 525),
  'awards are kept apart': (_, { losses }) => losses.some(({ code }) => code === 526),
  'a budget is spent': (_, { losses }) => losses.some(({ code }) => code === 527),
  'an attribute is missing that may not be': (_, { losses }) => losses.some(({ code }) => code === 530),
  'a lot goes to the third bid or a later one': (round, { awards }) =>
    awards.some((award) => betterBids(round, award).length >= 2),
  'awards of other lots stop a bid of a lot that is sold out': (round, { awards, losses }) =>
    losses.some((loss) => within(loss.code, 524, 527) && isBelowWinner(round, awards, loss)),
  'a bid is outbid that rules keep apart from the winner alone': (round, { awards, losses }) =>
    keepsSeatsApart(round) &&
    losses.some(
      ({ code, lot, seat }) =>
        code === 102 && awards.some((award) => award.lot === lot && award.seat === seat),
    ),
  'a bid outbids one that a limit let compete': (_, { losses }) =>
    losses.some(isLimited) && losses.some(({ code }) => code === 102 || code === 103),
  'an award is provisional': (_, { outcome }) => outcome === 'escalated',
  'two rules ask for approval of one award': (_, { awards }) =>
    awards.some(({ rules = [] }) => rules.length > 1),
  'several rules speak about one loss': (_, { losses }) =>
    losses.some(({ verdicts = [] }) => verdicts.length > 1),
  'two policies hold together': (_, { policies = [] }) => policies.length > 1,
  'utility beats price': (round, { awards, profile }) =>
    profile !== undefined &&
    awards.some((award) => outbidBeside(round, award).some((bid) => bid.price > bidOf(round, award).price)),
  'a price comes from utility': (round, { awards, profile }) =>
    profile !== undefined &&
    round.format === 'second-price' &&
    awards.some((award) => isBetween(round, award)),
  'no price makes up for the rest': (_, { losses, profile }) =>
    profile !== undefined &&
    losses.some(({ code, minimumToWin }) => within(code, 100, 103) && minimumToWin === undefined),
  'a limit and a profile meet': (_, { losses, profile }) => profile !== undefined && losses.some(isLimited),
  'a limit stops a bid on a lot of several units': (round, { losses }) =>
    losses.some((loss) => isLimited(loss) && (lotOf(round, loss.lot).quantity ?? 1) > 1),
  'a limit stops a bid for a deal': (round, { losses }) =>
    losses.some((loss) => isLimited(loss) && bidOf(round, loss).deal !== undefined),
};

function within(code: number, lowest: number, highest: number): boolean {
  return code >= lowest && code <= highest;
}

/** Whether rules about awards, or about the bids of a seat, stopped the bid. */
function isLimited({ code }: NaiveLoss): boolean {
  return within(code, 523, 527);
}

function keepsSeatsApart({ policies = [] }: NaiveRound): boolean {
  const rules = policies.flatMap((policy) => policy.rules);
  return rules.some(
    (rule) => rule.kind === 'separation' && rule.by === 'seat' && rule.effect !== 'escalate' && !rule.groups,
  );
}

function bidOf({ bids }: NaiveRound, { bid }: { bid: string }): NaiveBid {
  return bids.find(({ id }) => id === bid)!;
}

function lotOf({ lots }: NaiveRound, lotId: string) {
  return lots.find(({ id }) => id === lotId)!;
}

function betterBids(round: NaiveRound, award: NaiveAward): NaiveBid[] {
  const { price } = bidOf(round, award);
  return round.bids.filter((bid) => bid.lot === award.lot && bid.price > price);
}

function outbidBeside(round: NaiveRound, award: NaiveAward): NaiveBid[] {
  const { reserve = 0, floor = 0 } = lotOf(round, award.lot);
  const competes = ({ price, deal }: NaiveBid) => deal === undefined && price >= reserve && price >= floor;
  return round.bids.filter((bid) => bid.lot === award.lot && bid.id !== award.bid && competes(bid));
}

function isBelowWinner(round: NaiveRound, awards: NaiveAward[], loss: NaiveLoss): boolean {
  const lot = lotOf(round, loss.lot);
  const onLot = awards.filter((award) => award.lot === loss.lot);
  const sold = onLot.reduce((sum, { quantity }) => sum + quantity, 0);
  const isSoldOut = sold === (lot.slots?.length ?? lot.quantity ?? 1);
  return isSoldOut && onLot.every((award) => bidOf(round, award).price > bidOf(round, loss).price);
}

/** Neither the own bid nor the floor, so a rival made it. */
function isBetween(round: NaiveRound, award: NaiveAward): boolean {
  const { floor = 0, reserve = 0, deals = [] } = lotOf(round, award.lot);
  const floors = [floor, reserve, ...deals.map((deal) => deal.floor ?? 0)].map(microsOf);
  return award.price < bidOf(round, award).price && !floors.includes(microsOf(award.price));
}
