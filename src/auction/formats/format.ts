import type { FormatName } from '../../schema/round.js';
import type { Bid } from '../model.js';

/** One award about to be priced. */
export interface Sale {
  /** Every eligible bid of the lot, best first; the first `awarded` of them win. */
  readonly ranked: readonly Bid[];
  readonly awarded: number;
  /** Where the award stands in `ranked`, from 0. */
  readonly place: number;
  /** The higher of the floor that applies to the award and the reserve. */
  readonly floorMicros: number;
  readonly incrementMicros: number;
  readonly slotWeights: readonly number[];
}

/** The rule set of an auction: what it sells and what a winner pays. One file each. */
export interface Format {
  readonly name: FormatName;
  /** One indivisible lot, several equal units, or positions of falling weight. */
  readonly sells: 'one' | 'units' | 'slots';
  readonly takesDeals: boolean;
  /** Micros per unit (or per unit of slot weight): at least the floor, never above the winner's bid. */
  readonly priceMicros: (sale: Sale) => number;
  /** True where the floor is the price, so that no rival moves what had to be bid. */
  readonly pricedByFloor: boolean;
}

export function winnerOf(sale: Sale): Bid {
  return sale.ranked[sale.place]!;
}

/** The runner-up's price plus the increment, at least the floor, at most the winner's own bid; alone: the floor. */
export function nextPriceMicros(sale: Sale): number {
  const next = sale.ranked[sale.place + 1];
  if (next === undefined) return sale.floorMicros;
  const raised = Math.max(next.priceMicros + sale.incrementMicros, sale.floorMicros);
  return Math.min(raised, winnerOf(sale).priceMicros);
}
