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

/** The first `winners` of `ranked` win `quantities`; `soldOut` when nothing of the lot is left. */
interface Allocation {
  readonly ranked: readonly Bid[];
  readonly quantities: readonly number[];
  readonly soldOut: boolean;
}

/** Clears one lot: screen, rank, allocate, price. Every bid ends exactly once, as an award or as a loss. */
export function clearLot(lot: Lot, bids: readonly Bid[], terms: Terms): readonly (Award | Loss)[] {
  const barred = new Map<Bid, LossReason>();
  const eligible = bids.filter((bid) => {
    const reason = reasonAgainst(bid, lot);
    if (reason !== undefined) barred.set(bid, reason);
    return reason === undefined;
  });
  const allocation = allocate(lot, rank(eligible, terms.tieHash), terms.format);
  const awards = allocation.quantities.map((_, place) => award(lot, allocation, place, terms));
  const outranked = allocation.ranked.slice(awards.length).map((bid) => outrankedLoss(bid, lot, allocation));
  const excluded = [...barred].map(([bid, reason]) => barredLoss(bid, reason, lot, allocation));
  return [...awards, ...outranked, ...excluded];
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
    ...(terms.format.sells === 'slots' ? { slot: place + 1 } : {}),
    minimumToWinMicros: winnersMinimum(floorMicros, ranked[awarded], format.pricedByFloor),
  };
}

function outrankedLoss(bid: Bid, lot: Lot, allocation: Allocation): Loss {
  const winner = lowestWinner(allocation);
  const reason = winner?.deal === undefined ? 'OUTBID' : 'OUTBID_BY_DEAL';
  return { bid, reason, minimumToWinMicros: losersMinimum(bid, lot, winner) };
}

function barredLoss(bid: Bid, reason: LossReason, lot: Lot, allocation: Allocation): Loss {
  if (!LOSSES[reason].priceDecided) return { bid, reason };
  return { bid, reason, minimumToWinMicros: losersMinimum(bid, lot, lowestWinner(allocation)) };
}

/** The winner a loser would have had to tie with; nobody while something is left over. */
function lowestWinner({ ranked, quantities, soldOut }: Allocation): Bid | undefined {
  return soldOut ? ranked[quantities.length - 1] : undefined;
}
