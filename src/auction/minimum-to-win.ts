import { bindingFloorOf } from './floors.js';
import type { Bid, Lot } from './model.js';

/** The price at which a bid ties with a rival; undefined when no price does. */
export type TiePrice = (bid: Bid, rival: Bid) => number | undefined;

/** Where nothing but the price counts, a bid ties with a rival at the price of the rival. */
export const tieAtEqualPrice: TiePrice = (_bid, rival) => rival.priceMicros;

/**
 * What a bid that wins had to bid at least: the price that ties with the best loser, or its floor (OpenRTB 2.6, 4.4.1).
 * At that price the tie rule decides. `bestLoser` is undefined where none moves what had to be bid.
 */
export function winnersMinimum(bid: Bid, lot: Lot, bestLoser: Bid | undefined, tiePrice: TiePrice): number {
  const floorMicros = bindingFloorOf(bid, lot);
  return bestLoser === undefined ? floorMicros : Math.max(floorMicros, tiePrice(bid, bestLoser) ?? 0);
}

/**
 * What a bid that loses would have had to bid: the price that ties with the lowest winner when everything was sold,
 * and at least its published floor. `lowestWinner` is undefined when something was left over. Undefined: no price
 * makes up for what else the winner offered.
 */
export function losersMinimum(
  bid: Bid,
  lowestWinner: Bid | undefined,
  tiePrice: TiePrice,
): number | undefined {
  if (lowestWinner === undefined) return bid.floorMicros;
  const tieMicros = tiePrice(bid, lowestWinner);
  return tieMicros === undefined ? undefined : Math.max(bid.floorMicros, tieMicros);
}
