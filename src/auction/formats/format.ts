import { invariant } from '../../base/assert.js';
import type { FormatName } from '../../schema/round.js';
import type { TiePrice } from '../minimum-to-win.js';
import type { Bid } from '../model.js';

/** One award about to be priced. */
export interface Sale {
  /** The bids that won, best first, and behind them those that were outbid. */
  readonly ranked: readonly Bid[];
  readonly awarded: number;
  /** Where the award stands in `ranked`, from 0. */
  readonly place: number;
  /** The higher of the floor that applies to the award and the reserve. */
  readonly floorMicros: number;
  readonly tiePrice: TiePrice;
  readonly incrementMicros: number;
  readonly slotWeights: readonly number[];
}

/** The rule set of an auction: what it sells and what a winner pays. One file each. */
export interface Format {
  readonly name: FormatName;
  /** One indivisible lot, several equal units, or positions of falling weight. */
  readonly sells: 'one' | 'units' | 'slots';
  readonly takesDeals: boolean;
  /** Whether bids may be ranked by a utility instead of by price. */
  readonly takesProfiles: boolean;
  /** Micros per unit (or per unit of slot weight): at least the floor, never above the winner's bid. */
  readonly priceMicros: (sale: Sale) => number;
  /** True where the floor is the price, so that no rival moves what had to be bid. */
  readonly pricedByFloor: boolean;
}

export function winnerOf(sale: Sale): Bid {
  return sale.ranked[sale.place]!;
}

/** What ties with the runner-up plus the increment, at least the floor, at most the own bid; alone: the floor. */
export function nextPriceMicros(sale: Sale): number {
  const winner = winnerOf(sale);
  const next = sale.ranked[sale.place + 1];
  if (next === undefined) return sale.floorMicros;
  const tieMicros = sale.tiePrice(winner, next);
  invariant(tieMicros !== undefined, 'a bid that ranks higher ties with the next one at some price');
  return Math.min(Math.max(tieMicros + sale.incrementMicros, sale.floorMicros), winner.priceMicros);
}
