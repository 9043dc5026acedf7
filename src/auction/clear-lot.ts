import type { LossReason } from '../base/loss-reasons.js';
import { LOSSES } from '../base/loss-reasons.js';
import { reasonAgainst } from './eligibility.js';
import { bindingFloorOf } from './floors.js';
import { FORMATS } from './formats/by-name.js';
import type { Format } from './formats/format.js';
import { losersMinimum, winnersMinimum } from './minimum-to-win.js';
import type { Award, Bid, Loss, Lot } from './model.js';
import { rank, type TieHash } from './ranking.js';

/** What the whole round says about each of its lots. */
export interface Terms {
  readonly format: Format;
  readonly incrementMicros: number;
  readonly tieHash: TieHash;
}

/** The first bids of `ranked` win `quantities`; `soldOut` when nothing of the lot is left. */
interface Allocation {
  readonly ranked: readonly Bid[];
  readonly quantities: readonly number[];
  readonly soldOut: boolean;
}

/** Clears one lot: screen, rank, allocate, price. Every bid ends exactly once, as an award or as a loss. */
export function clearLot(lot: Lot, bids: readonly Bid[], terms: Terms): readonly (Award | Loss)[] {
  const reasons = bids.map((bid) => reasonAgainst(bid, lot));
  const eligible = bids.filter((_, index) => reasons[index] === undefined);
  const places = terms.format.sells === 'slots' ? lot.slotWeights.length : lot.quantity;
  const allocation = allocate(lot, rank(eligible, places, terms.tieHash), terms.format);
  const won = new Map(allocation.quantities.map((_, place) => [allocation.ranked[place]!, place]));
  return bids.map((bid, index) => {
    const place = won.get(bid);
    if (place !== undefined) return award(lot, allocation, place, terms);
    const reason = reasons[index] ?? outrankedBy(lowestWinner(allocation));
    return loss(bid, reason, lot, allocation);
  });
}

function allocate(lot: Lot, ranked: readonly Bid[], format: Format): Allocation {
  if (format.sells !== 'slots') return allocateUnits(ranked, lot.quantity);
  const quantities = ranked.slice(0, lot.slotWeights.length).map(() => 1);
  return { ranked, quantities, soldOut: quantities.length === lot.slotWeights.length };
}

/** Best first, each as much as it asks for; the last may be filled partly. */
function allocateUnits(ranked: readonly Bid[], units: number): Allocation {
  const quantities: number[] = [];
  let left = units;
  for (const bid of ranked) {
    if (left === 0) break;
    const taken = Math.min(bid.quantity, left);
    quantities.push(taken);
    left -= taken;
  }
  return { ranked, quantities, soldOut: left === 0 };
}

function award(lot: Lot, { ranked, quantities }: Allocation, place: number, terms: Terms): Award {
  const bid = ranked[place]!;
  const format = bid.deal?.format === undefined ? terms.format : FORMATS[bid.deal.format];
  const floorMicros = bindingFloorOf(bid, lot);
  const { incrementMicros } = terms;
  const { slotWeights } = lot;
  const awarded = quantities.length;
  return {
    bid,
    priceMicros: format.priceMicros({ ranked, awarded, place, floorMicros, incrementMicros, slotWeights }),
    quantity: quantities[place]!,
    slot: terms.format.sells === 'slots' ? place + 1 : undefined,
    minimumToWinMicros: winnersMinimum(floorMicros, ranked[awarded], format.pricedByFloor),
  };
}

function outrankedBy(winner: Bid | undefined): LossReason {
  return winner?.deal === undefined ? 'OUTBID' : 'OUTBID_BY_DEAL';
}

function loss(bid: Bid, reason: LossReason, lot: Lot, allocation: Allocation): Loss {
  const minimumToWinMicros = LOSSES[reason].priceDecided
    ? losersMinimum(bid, lot, lowestWinner(allocation))
    : undefined;
  return { bid, reason, minimumToWinMicros };
}

/** The winner a loser would have had to tie with; nobody while something is left over. */
function lowestWinner({ ranked, quantities, soldOut }: Allocation): Bid | undefined {
  return soldOut ? ranked[quantities.length - 1] : undefined;
}
