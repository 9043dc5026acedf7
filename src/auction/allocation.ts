import type { LossReason } from '../base/loss-reasons.js';
import type { Format } from './formats/format.js';
import type { RoundLimits } from './house-rules.js';
import type { Bid, Lot } from './model.js';
import { rank, type TieHash } from './ranking.js';

/** The first bids of `ranked` win `quantities`, the others are outbid; `soldOut` when nothing of the lot is left. */
export interface Allocation {
  readonly ranked: readonly Bid[];
  readonly quantities: readonly number[];
  readonly soldOut: boolean;
  /** Bids that ranked high enough, and were skipped because of a rule about the whole round. */
  readonly skipped: ReadonlyMap<Bid, LossReason>;
}

/** A lot with the bids that compete for it. */
export interface Contest {
  readonly lot: Lot;
  readonly eligible: readonly Bid[];
}

const NOBODY: ReadonlyMap<Bid, LossReason> = new Map();

/** Best first, each as much as it asks for; the last may be filled partly. */
export function allocateLot({ lot, eligible }: Contest, format: Format, tieHash: TieHash): Allocation {
  const places = placesOf(lot, format);
  const ranked = rank(eligible, places, tieHash);
  const quantities: number[] = [];
  let left = places;
  for (const bid of ranked) {
    if (left === 0) break;
    const taken = Math.min(bid.quantity, left);
    quantities.push(taken);
    left -= taken;
  }
  return { ranked, quantities, soldOut: left === 0, skipped: NOBODY };
}

/**
 * Takes awards over all lots, best bid first, as far as the limits let them be. A bid that may not be awarded leaves
 * its place to the next one; what it would have used stays free.
 */
export function allocateRound(
  contests: readonly Contest[],
  format: Format,
  tieHash: TieHash,
  limits: RoundLimits,
): readonly Allocation[] {
  const everyBid = contests.flatMap(({ eligible }) => eligible);
  const ranked = rank(everyBid, everyBid.length, tieHash);
  const outnumbered = limits.objectionsAmong(ranked);
  const counters = new Map(contests.map(({ lot }) => [lot.id, new Counter(lot, placesOf(lot, format))]));
  for (const bid of ranked) counters.get(bid.lotId)!.serve(bid, limits, outnumbered.get(bid));
  return [...counters.values()].map((counter) => counter.allocation());
}

/** Units and slots are counted alike: a bid for a slot asks for one. */
function placesOf(lot: Lot, { sells }: Format): number {
  return sells === 'slots' ? lot.slotWeights.length : lot.quantity;
}

/** Where the bids of one lot are served, one after the other. */
class Counter {
  readonly #lot: Lot;
  readonly #winners: Bid[] = [];
  readonly #quantities: number[] = [];
  readonly #outbid: Bid[] = [];
  readonly #skipped = new Map<Bid, LossReason>();
  #left: number;

  constructor(lot: Lot, places: number) {
    this.#lot = lot;
    this.#left = places;
  }

  serve(bid: Bid, limits: RoundLimits, outnumbered: LossReason | undefined): void {
    const reason = outnumbered ?? (this.#left > 0 ? this.#award(bid, limits) : this.#turnAway(bid, limits));
    if (reason !== undefined) this.#skipped.set(bid, reason);
  }

  allocation(): Allocation {
    return {
      ranked: [...this.#winners, ...this.#outbid],
      quantities: this.#quantities,
      soldOut: this.#left === 0,
      skipped: this.#skipped,
    };
  }

  #award(bid: Bid, limits: RoundLimits): LossReason | undefined {
    const quantity = Math.min(bid.quantity, this.#left);
    const reason = limits.award(bid, quantity);
    if (reason !== undefined) return reason;
    this.#winners.push(bid);
    this.#quantities.push(quantity);
    this.#left -= quantity;
    return undefined;
  }

  /** Only a bid that could have won in place of the winners is a rival of theirs, and may set a price. */
  #turnAway(bid: Bid, limits: RoundLimits): LossReason | undefined {
    const reason = limits.objectionToRival(bid, Math.min(bid.quantity, this.#lot.quantity));
    if (reason === undefined) this.#outbid.push(bid);
    return reason;
  }
}
