import type { Bid, Lot } from './model.js';

/** The published minimum a bid has to reach: the deal's own when it bids for a deal, else the lot's. */
export function floorOf(bid: Bid, lot: Lot): number {
  return bid.deal === undefined ? lot.floorMicros : bid.deal.floorMicros;
}

/** The minimum that binds the price of an award: the reserve counts, although no loss ever shows it. */
export function bindingFloorOf(bid: Bid, lot: Lot): number {
  return Math.max(floorOf(bid, lot), lot.reserveMicros);
}
