import { highest, microsOf } from './naive-money.js';
import type { NaiveBid, NaiveDeal, NaiveLot } from './naive-round.js';

/** What the auction itself has against a bid, whatever other bids there are. */
export function whyIneligible(lot: NaiveLot, bid: NaiveBid): Reason | undefined {
  return whyNotInDeal(lot, bid) ?? whyNotAtPrice(lot, bid);
}

export type Reason = [code: number, reason: string];

export function dealOf(lot: NaiveLot, bid: NaiveBid): NaiveDeal | undefined {
  return lot.deals?.find((deal) => deal.id === bid.deal);
}

export function publishedFloor(lot: NaiveLot, bid: NaiveBid): bigint {
  return microsOf((bid.deal === undefined ? lot.floor : dealOf(lot, bid)?.floor) ?? 0);
}

/** What binds the price of a bid that wins: its floor or the reserve, whichever is higher. */
export function bindingFloor(lot: NaiveLot, bid: NaiveBid): bigint {
  return highest([publishedFloor(lot, bid), microsOf(lot.reserve ?? 0)]);
}

function whyNotInDeal(lot: NaiveLot, bid: NaiveBid): Reason | undefined {
  const deal = dealOf(lot, bid);
  if (bid.deal !== undefined && deal === undefined) return [4, 'INVALID_DEAL'];
  if (deal?.seats !== undefined && !deal.seats.includes(bid.seat)) return [104, 'SEAT_BLOCKED'];
  if (deal?.domains !== undefined && !domainsFit(bid.domains ?? [], deal.domains)) {
    return [213, 'NOT_ALLOWED_IN_DEAL'];
  }
  return lot.privateAuction === true && deal === undefined ? [501, 'PRIVATE_AUCTION'] : undefined;
}

function whyNotAtPrice(lot: NaiveLot, bid: NaiveBid): Reason | undefined {
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
