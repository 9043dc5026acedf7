import { isAward } from '../../auction/model.js';
import { convertUp, inverse } from '../../openrtb/exchange-rates.js';
import type { DecisionRecord, RecordedBid } from '../../schema/record.js';
import { decideUnder, type Redecided } from '../replay/decide-again.js';
import type { Ruling } from '../rules/ruling.js';

/** A bid as it might have been. */
export interface ChangedBid {
  readonly bidId: string;
  readonly priceMicros: number;
  readonly deal: string | undefined;
}

/** Whether a bid would have won: for certain, or if a tie ended well that nobody has hashed. */
export type Chance = 'wins' | 'ties' | 'loses';

/** Stands before and behind every hash of a tie. */
const FIRST = '';
const LAST = '~';

/**
 * Tries what would have become of a bid, by deciding the whole round again with the bid changed in its record. Bounded,
 * because a large round costs a clearing for each loser and price.
 */
export class Trials {
  readonly #record: DecisionRecord;
  readonly #ruling: Ruling;
  readonly #bids: number;
  #bidsLeft: number;

  constructor(record: DecisionRecord, ruling: Ruling, bidsMax: number) {
    this.#record = record;
    this.#ruling = ruling;
    this.#bids = record.lots.reduce((count, { bids }) => count + bids.length, 0);
    this.#bidsLeft = bidsMax;
  }

  /** Whether nothing more is tried. */
  get isOver(): boolean {
    return this.#bidsLeft < this.#bids;
  }

  /** What would have become of the bid. */
  chanceOf(changed: ChangedBid, { sentBids }: Redecided): Chance {
    const ratio = sentBids?.get(changed.bidId)?.placing.ratio;
    const sentMicros = ratio && convertUp(changed.priceMicros, inverse(ratio));
    const record = withBid(this.#record, changed, sentMicros);
    const worst = this.#decide(record, changed.bidId, { own: LAST, others: FIRST });
    if (worst.won || !worst.askedUnknown) return worst.won ? 'wins' : 'loses';
    return this.#decide(record, changed.bidId, { own: FIRST, others: LAST }).won ? 'ties' : 'loses';
  }

  /** Decides with these in place of the hashes that nobody has. */
  #decide(
    record: DecisionRecord,
    subject: string,
    unknown: { readonly own: string; readonly others: string },
  ) {
    if (this.isOver) return { won: false, askedUnknown: false };
    this.#bidsLeft -= this.#bids;
    let askedUnknown = false;
    const { decision } = decideUnder(record, this.#ruling, (bidId) => {
      const known = this.#hashOf(bidId, subject);
      if (known === undefined) askedUnknown = true;
      return known ?? (bidId === subject ? unknown.own : unknown.others);
    });
    const won = decision.lots.some(({ endings }) => {
      return endings.some((ending) => ending.bid.id === subject && isAward(ending));
    });
    return { won, askedUnknown };
  }

  /** A bid of OpenRTB is hashed by all that was sent, so that it would have another hash with another price. */
  #hashOf(bidId: string, subject: string): string | undefined {
    const { ties = {}, kind } = this.#record;
    if (bidId === subject && kind === 'openrtb') return undefined;
    return Object.hasOwn(ties, bidId) ? ties[bidId] : undefined;
  }
}

/** The record of the same round, had the bid been another one. `sentMicros` is the price in the currency it was sent in. */
export function withBid(
  record: DecisionRecord,
  changed: ChangedBid,
  sentMicros: number | undefined,
): DecisionRecord {
  const { priceMicros, deal } = changed;
  const change = (bid: RecordedBid): RecordedBid => {
    const { sent } = bid;
    const isConverted = sent?.priceMicros !== undefined;
    return {
      ...withoutDeal(bid),
      priceMicros,
      ...(deal === undefined ? {} : { deal }),
      ...(isConverted ? { sent: { ...sent, priceMicros: sentMicros ?? priceMicros } } : {}),
    };
  };
  const lots = record.lots.map((lot) => {
    const bids = lot.bids.map((bid) => (bid.id === changed.bidId ? change(bid) : bid));
    return { ...lot, bids };
  });
  return { ...record, lots };
}

function withoutDeal(bid: RecordedBid): RecordedBid {
  return Object.fromEntries(Object.entries(bid).filter(([name]) => name !== 'deal')) as RecordedBid;
}
