import type { Bid, Deal, Lot } from './model.js';

/** The published minimum of a bid: the deal's own when it bids for a deal, else the lot's. Deals inherit nothing. */
export function publishedFloor(deal: Deal | undefined, lot: Lot): number {
  return deal === undefined ? lot.floorMicros : deal.floorMicros;
}

/** The minimum that binds the price of an award: the reserve counts, although no loss ever shows it. */
export function bindingFloorOf(bid: Bid, lot: Lot): number {
  return Math.max(bid.floorMicros, lot.reserveMicros);
}
