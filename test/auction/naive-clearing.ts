import { createHmac } from 'node:crypto';
import { awardOf, byLotThenBid, lossOf, outcomeOf } from './naive-answer.js';
import { whyIneligible } from './naive-eligibility.js';
import { asAward, enter, type Entry, hear, rank, stillIn } from './naive-entry.js';
import type { NaiveAnswer, NaiveRound } from './naive-round.js';
import { type House, houseOf, judge, nameOfCarried, readByRules } from './naive-rules.js';
import { awardInTurn, type Sale, saleOf } from './naive-sale.js';

/**
 * The rules of a sealed round said a second time, in the most obvious way and as slowly as it takes: the engine's twin.
 * Written from the wire contract; it shares no line with src/. A round goes in as parsed JSON, its answer comes out.
 */
export function clearNaively(round: NaiveRound, tieHash: TieHash): NaiveAnswer {
  const house = houseOf(round);
  const entries = round.bids.map((bid) => enter(round, bid));
  for (const entry of entries) hear(entry, judge(house, 'alone', readByRules(entry.bid, 1), []));
  for (const entry of stillIn(entries)) screen(entry);
  const ranked = rank(stillIn(entries), tieHash);
  limitSeats(house, ranked);
  awardInTurn(house, round, stillIn(ranked));
  const outOfRace = entries.filter((entry) => !ranked.includes(entry));
  return answerOf(round, house, [...ranked, ...outOfRace]);
}

/** The tie rule of the contract: the smaller keyed hash goes first. */
export function keyedTieHash(key: Uint8Array, roundId: string): TieHash {
  return (bidId) =>
    createHmac('sha256', key).update(`${roundId.length}:${roundId}${bidId}`).digest('hex').slice(0, 32);
}

export type TieHash = (bidId: string) => string;

/** What the profile refuses comes before what the auction itself has against a bid. */
function screen(entry: Entry): void {
  const reason = whyIneligible(entry.lot, entry.bid);
  if (entry.missing !== undefined) entry.loss = { reason: [530, 'UTILITY_ATTRIBUTE_MISSING'] };
  else if (reason !== undefined) entry.loss = { reason };
}

/** Every bid is judged beside all better ones, also beside those that are too many themselves. */
function limitSeats(house: House, ranked: Entry[]): void {
  for (const [place, entry] of ranked.entries()) {
    const better = ranked.slice(0, place).map((each) => asAward(each));
    hear(entry, judge(house, 'among-bids', asAward(entry), better));
  }
}

function answerOf(round: NaiveRound, house: House, entries: Entry[]): NaiveAnswer {
  const sales = round.lots.map((lot) => saleOf(round, lot, entries));
  const awards = sales.flatMap((sale) => sale.winners.map((winner) => awardOf(sale, winner)));
  const losses = sales.flatMap((sale) => losersOf(sale, entries).map((loser) => lossOf(sale, loser)));
  return {
    id: round.id,
    outcome: outcomeOf(awards),
    awards: awards.sort(byLotThenBid),
    losses: losses.sort(byLotThenBid),
    ...(house.size > 0 && { policies: [...house.keys()] }),
    ...(round.profile && { profile: nameOfCarried(round.profile) }),
  };
}

function losersOf({ lot }: Sale, entries: Entry[]): Entry[] {
  return entries.filter((entry) => entry.lot === lot && entry.units === 0);
}
