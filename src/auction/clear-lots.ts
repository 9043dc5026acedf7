import { LOSSES, type LossReason } from '../base/loss-reasons.js';
import { type Allocation, allocateLot, allocateRound, type Contest } from './allocation.js';
import { reasonAgainst } from './eligibility.js';
import { bindingFloorOf } from './floors.js';
import { FORMATS } from './formats/by-name.js';
import type { Format } from './formats/format.js';
import type { HouseRules } from './house-rules.js';
import { losersMinimum, type TiePrice, winnersMinimum } from './minimum-to-win.js';
import type { Award, Bid, Loss, Lot, LotWithBids } from './model.js';
import type { TieHash } from './ranking.js';

/** What the whole round says about each of its lots. */
export interface Terms {
  readonly format: Format;
  readonly incrementMicros: number;
  readonly tieHash: TieHash;
  readonly tiePrice: TiePrice;
  readonly houseRules: HouseRules;
}

/** Screened: `reasons` has for each bid why it may not compete. */
interface Screened extends Contest {
  readonly bids: readonly Bid[];
  readonly reasons: readonly (LossReason | undefined)[];
}

/** What became of a lot. */
export interface ClearedLot {
  readonly lot: Lot;
  /** One ending for every bid of the lot, in the order of the bids: an award or a loss. */
  readonly endings: readonly (Award | Loss)[];
  /** The bids that won, best first, and behind them those that were outbid: what prices were taken from. */
  readonly ranked: readonly Bid[];
}

/** Clears the lots of a round: screen, rank, allocate, price. */
export function clearLots(lots: readonly LotWithBids[], terms: Terms): readonly ClearedLot[] {
  const screened = lots.map((lot) => screen(lot, terms.houseRules));
  const allocations = allocate(screened, terms);
  return screened.map((contest, index) => {
    const allocation = allocations[index]!;
    const endings = endingsOf(contest, allocation, terms);
    return { lot: contest.lot, endings, ranked: allocation.ranked };
  });
}

function screen({ lot, bids }: LotWithBids, { objectionTo }: HouseRules): Screened {
  const reasons = bids.map((bid) => objectionTo(bid, lot) ?? reasonAgainst(bid, lot));
  const eligible = bids.filter((_, index) => reasons[index] === undefined);
  return { lot, bids, reasons, eligible };
}

function allocate(contests: readonly Contest[], terms: Terms): readonly Allocation[] {
  const { format, tieHash, houseRules } = terms;
  if (houseRules.limits !== undefined) return allocateRound(contests, format, tieHash, houseRules.limits);
  return contests.map((contest) => allocateLot(contest, format, tieHash));
}

function endingsOf({ lot, bids, reasons }: Screened, allocation: Allocation, terms: Terms) {
  const { ranked, quantities, skipped } = allocation;
  const won = new Map(quantities.map((_, place) => [ranked[place]!, place]));
  const lowest = lowestWinner(allocation);
  return bids.map((bid, index) => {
    const place = won.get(bid);
    if (place !== undefined) return award(lot, allocation, place, terms);
    const reason = reasons[index] ?? skipped.get(bid) ?? outrankedBy(lowest);
    const minimumToWinMicros = LOSSES[reason].priceDecided
      ? losersMinimum(bid, lowest, terms.tiePrice)
      : undefined;
    return { bid, reason, minimumToWinMicros };
  });
}

function award(lot: Lot, { ranked, quantities }: Allocation, place: number, terms: Terms): Award {
  const bid = ranked[place]!;
  const format = bid.deal?.format === undefined ? terms.format : FORMATS[bid.deal.format];
  const floorMicros = bindingFloorOf(bid, lot);
  const { incrementMicros, tiePrice } = terms;
  const { slotWeights } = lot;
  const awarded = quantities.length;
  const rival = format.pricedByFloor ? undefined : ranked[awarded];
  const sale = { ranked, awarded, place, floorMicros, tiePrice, incrementMicros, slotWeights };
  return {
    bid,
    priceMicros: format.priceMicros(sale),
    quantity: quantities[place]!,
    slot: terms.format.sells === 'slots' ? place + 1 : undefined,
    minimumToWinMicros: winnersMinimum(bid, lot, rival, tiePrice),
  };
}

function outrankedBy(winner: Bid | undefined): LossReason {
  return winner?.deal === undefined ? 'OUTBID' : 'OUTBID_BY_DEAL';
}

/** The winner a loser would have had to tie with; nobody while something is left over. */
function lowestWinner({ ranked, quantities, soldOut }: Allocation): Bid | undefined {
  return soldOut ? ranked[quantities.length - 1] : undefined;
}
