import { floorOf } from './floors.js';
import type { Bid, Lot } from './model.js';

/**
 * What a bid that wins had to bid at least: the price that ties with the best loser, or its floor (OpenRTB 2.6, 4.4.1).
 * At that price the tie rule decides. A price fixed beforehand leaves only the floor.
 */
export function winnersMinimum(
  floorMicros: number,
  bestLoser: Bid | undefined,
  pricedByFloor: boolean,
): number {
  return pricedByFloor || bestLoser === undefined
    ? floorMicros
    : Math.max(floorMicros, bestLoser.priceMicros);
}

/**
 * What a bid that loses would have had to bid: the price that ties with the lowest winner when everything was sold,
 * and at least its published floor. `lowestWinner` is undefined when something was left over.
 */
export function losersMinimum(bid: Bid, lot: Lot, lowestWinner: Bid | undefined): number {
  return Math.max(floorOf(bid, lot), lowestWinner?.priceMicros ?? 0);
}
