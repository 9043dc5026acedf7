import { createHmac } from 'node:crypto';
import { decimalOf, microsOf } from './naive-money.js';
import type {
  NaiveAnswer,
  NaiveAward,
  NaiveBid,
  NaiveDeal,
  NaiveLoss,
  NaiveLot,
  NaiveRound,
} from './naive-round.js';

/**
 * The rules of a sealed round said a second time, in the most obvious way and as slowly as it takes: the engine's twin.
 * Written from the wire contract; it shares no line with src/. A round goes in as parsed JSON, its answer comes out.
 */
export function clearNaively(round: NaiveRound, tieHash: TieHash): NaiveAnswer {
  const endings = round.lots.map((lot) => clearLot(round, lot, tieHash));
  const awards = endings.flatMap((ending) => ending.awards).sort(byLotThenBid);
  const losses = endings.flatMap((ending) => ending.losses).sort(byLotThenBid);
  return { id: round.id, outcome: awards.length > 0 ? 'cleared' : 'no-award', awards, losses };
}

/** The tie rule of the contract: the smaller keyed hash goes first. */
export function keyedTieHash(key: Uint8Array, roundId: string): TieHash {
  return (bidId) =>
    createHmac('sha256', key).update(`${roundId.length}:${roundId}${bidId}`).digest('hex').slice(0, 32);
}

export type TieHash = (bidId: string) => string;

interface Ranked {
  bid: NaiveBid;
  deal: NaiveDeal | undefined;
  price: bigint;
  units: number;
}

interface Sale {
  round: NaiveRound;
  lot: NaiveLot;
  /** All eligible bids, best first. */
  ranked: Ranked[];
  winners: Ranked[];
  losers: Ranked[];
  soldOut: boolean;
}

type Ending = [code: number, reason: string];

function clearLot(round: NaiveRound, lot: NaiveLot, tieHash: TieHash) {
  const bids = round.bids.filter((bid) => bid.lot === lot.id);
  const eligible = bids.filter((bid) => whyIneligible(lot, bid) === undefined);
  const sale = sell(round, lot, rank(lot, eligible, tieHash));
  const ineligible = bids.filter((bid) => whyIneligible(lot, bid) !== undefined);
  return {
    awards: sale.winners.map((winner) => awardOf(sale, winner)),
    losses: [
      ...sale.losers.map((loser) => outbid(sale, loser)),
      ...ineligible.map((bid) => turnedAway(sale, bid)),
    ],
  };
}

function whyIneligible(lot: NaiveLot, bid: NaiveBid): Ending | undefined {
  return whyNotInDeal(lot, bid) ?? whyNotAtPrice(lot, bid);
}

function whyNotInDeal(lot: NaiveLot, bid: NaiveBid): Ending | undefined {
  const deal = dealOf(lot, bid);
  if (bid.deal !== undefined && deal === undefined) return [4, 'INVALID_DEAL'];
  if (deal?.seats !== undefined && !deal.seats.includes(bid.seat)) return [104, 'SEAT_BLOCKED'];
  if (deal?.domains !== undefined && !domainsFit(bid.domains ?? [], deal.domains)) {
    return [213, 'NOT_ALLOWED_IN_DEAL'];
  }
  return lot.privateAuction === true && deal === undefined ? [501, 'PRIVATE_AUCTION'] : undefined;
}

function whyNotAtPrice(lot: NaiveLot, bid: NaiveBid): Ending | undefined {
  const price = microsOf(bid.price);
  if (price < publishedFloor(lot, bid)) {
    return bid.deal === undefined ? [100, 'BELOW_FLOOR'] : [101, 'BELOW_DEAL_FLOOR'];
  }
  return price < microsOf(lot.reserve ?? 0) ? [500, 'RESERVE_NOT_MET'] : undefined;
}

/** Every declared domain is one of the deal's or under one of them, and there is at least one. */
function domainsFit(declared: string[], allowed: string[]): boolean {
  const labels = (name: string) => name.toLowerCase().split('.').reverse();
  const under = (name: string, parent: string) =>
    labels(parent).every((label, place) => labels(name)[place] === label);
  return declared.length > 0 && declared.every((name) => allowed.some((parent) => under(name, parent)));
}

function dealOf(lot: NaiveLot, bid: NaiveBid): NaiveDeal | undefined {
  return lot.deals?.find((deal) => deal.id === bid.deal);
}

function publishedFloor(lot: NaiveLot, bid: NaiveBid): bigint {
  return microsOf((bid.deal === undefined ? lot.floor : dealOf(lot, bid)?.floor) ?? 0);
}

/** What binds the price of a bid that wins: its floor or the reserve, whichever is higher. */
function bindingFloor(lot: NaiveLot, bid: NaiveBid): bigint {
  return highest([publishedFloor(lot, bid), microsOf(lot.reserve ?? 0)]);
}

function rank(lot: NaiveLot, eligible: NaiveBid[], tieHash: TieHash): Ranked[] {
  const ranked = eligible.map((bid) => ({
    bid,
    deal: dealOf(lot, bid),
    price: microsOf(bid.price),
    units: 0,
  }));
  return ranked.sort((a, b) => {
    if (a.price !== b.price) return a.price > b.price ? -1 : 1;
    if ((a.deal === undefined) !== (b.deal === undefined)) return a.deal === undefined ? 1 : -1;
    return tieHash(a.bid.id) < tieHash(b.bid.id) ? -1 : 1;
  });
}

/** Hands out one unit, or one slot, at a time. */
function sell(round: NaiveRound, lot: NaiveLot, ranked: Ranked[]): Sale {
  let left = sellsSlots(round) ? slotsOf(lot).length : (lot.quantity ?? 1);
  for (const candidate of ranked) {
    const wanted = sellsSlots(round) ? 1 : (candidate.bid.quantity ?? 1);
    while (left > 0 && candidate.units < wanted) {
      candidate.units += 1;
      left -= 1;
    }
  }
  const winners = ranked.filter(({ units }) => units > 0);
  const losers = ranked.filter(({ units }) => units === 0);
  return { round, lot, ranked, winners, losers, soldOut: left === 0 };
}

function sellsSlots(round: NaiveRound): boolean {
  return round.format === 'gsp' || round.format === 'vcg';
}

function slotsOf(lot: NaiveLot): number[] {
  return lot.slots ?? [1];
}

function awardOf(sale: Sale, winner: Ranked): NaiveAward {
  const { id, lot, seat } = winner.bid;
  const award = { lot, bid: id, seat, price: decimalOf(clearingPrice(sale, winner)), quantity: winner.units };
  const minimum = { minimumToWin: decimalOf(minimumOfWinner(sale, winner)) };
  return sellsSlots(sale.round)
    ? { ...award, slot: sale.ranked.indexOf(winner) + 1, ...minimum }
    : { ...award, ...minimum };
}

function clearingPrice(sale: Sale, winner: Ranked): bigint {
  const floor = bindingFloor(sale.lot, winner.bid);
  switch (winner.deal?.format ?? sale.round.format) {
    case 'first-price':
      return winner.price;
    case 'fixed-price':
      return floor;
    case 'second-price':
      return overtake(sale, winner, floor, sale.losers[0]);
    case 'gsp':
      return overtake(sale, winner, floor, sale.ranked[sale.ranked.indexOf(winner) + 1]);
    case 'uniform-price':
      return highest([floor, sale.losers[0]?.price ?? 0n]);
    case 'vcg':
      return externality(sale, winner, floor);
  }
}

/** A step above the rival, at least the floor, never above the own bid; without a rival the floor. */
function overtake(sale: Sale, winner: Ranked, floor: bigint, rival: Ranked | undefined): bigint {
  if (rival === undefined) return floor;
  const step = rival.price + microsOf(sale.round.increment ?? 0.01);
  return lowest([winner.price, highest([floor, step])]);
}

/** What the others lose through this winner, per unit of its slot's weight. */
function externality(sale: Sale, winner: Ranked, floor: bigint): bigint {
  const weights = [...slotsOf(sale.lot).map(microsOf), 0n];
  let harm = 0n;
  for (let slot = sale.ranked.indexOf(winner); slot < weights.length - 1; slot += 1) {
    const next = sale.ranked[slot + 1]?.price ?? floor;
    harm += (weights[slot]! - weights[slot + 1]!) * highest([floor, next]);
  }
  const weight = weights[sale.ranked.indexOf(winner)]!;
  return harm % weight === 0n ? harm / weight : harm / weight + 1n;
}

function minimumOfWinner(sale: Sale, winner: Ranked): bigint {
  const floor = bindingFloor(sale.lot, winner.bid);
  if ((winner.deal?.format ?? sale.round.format) === 'fixed-price') return floor;
  return highest([floor, sale.losers[0]?.price ?? 0n]);
}

function outbid(sale: Sale, loser: Ranked): NaiveLoss {
  const rival = sale.winners.at(-1)!;
  const { id, seat, lot } = loser.bid;
  const [code, reason]: Ending = rival.deal === undefined ? [102, 'OUTBID'] : [103, 'OUTBID_BY_DEAL'];
  return { bid: id, seat, lot, code, reason, minimumToWin: decimalOf(rival.price) };
}

function turnedAway(sale: Sale, bid: NaiveBid): NaiveLoss {
  const [code, reason] = whyIneligible(sale.lot, bid)!;
  const loss = { bid: bid.id, seat: bid.seat, lot: bid.lot, code, reason };
  if (code !== 100 && code !== 101) return loss;
  const toBeat = sale.soldOut ? sale.winners.at(-1)!.price : 0n;
  return { ...loss, minimumToWin: decimalOf(highest([publishedFloor(sale.lot, bid), toBeat])) };
}

function highest(amounts: bigint[]): bigint {
  return amounts.reduce((best, amount) => (amount > best ? amount : best));
}

function lowest(amounts: bigint[]): bigint {
  return amounts.reduce((best, amount) => (amount < best ? amount : best));
}

function byLotThenBid(a: { lot: string; bid: string }, b: { lot: string; bid: string }): number {
  if (a.lot !== b.lot) return a.lot < b.lot ? -1 : 1;
  return a.bid < b.bid ? -1 : 1;
}
