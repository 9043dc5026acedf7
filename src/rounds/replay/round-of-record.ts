import type { Deal, Lot } from '../../auction/model.js';
import { compareText, type TieHash } from '../../auction/ranking.js';
import type { DecisionRecord, RecordedBid, RecordedDeal, RecordedLot } from '../../schema/record.js';
import type { BidTerms } from '../reading/bid-terms.js';
import { buildBids } from '../reading/build-bids.js';
import type { Round } from '../round.js';
import type { Ruling } from '../rules/ruling.js';
import { invariant } from '../../base/assert.js';

const FULL_WEIGHT_MILLIONTHS = 1_000_000;
const NO_NAMES: readonly string[] = [];

/** The round that a record tells of, ready to be decided again. The inverse of telling/write-record.ts. */
export function roundOfRecord(record: DecisionRecord, ruling: Ruling): Round {
  const terms = record.lots.flatMap(({ id, bids }) => bids.map((bid) => termsOf(bid, id)));
  const lots = buildBids(terms, record.lots.map(lotOf).sort(byId), ruling);
  invariant(lots !== undefined, 'bids stand in a record under their lot');
  return { ...frameOf(record), ruling, lots };
}

/** What a record says of the round as a whole. */
export function frameOf(record: DecisionRecord): Omit<Round, 'ruling' | 'lots'> {
  const { id, idAssigned = false, format, currency, incrementMicros, explain = false } = record;
  // A rule that asks for the id of a round that brought none sees none.
  return { id: idAssigned ? undefined : id, format, currency, incrementMicros, tmaxMs: undefined, explain };
}

/** What stands for a hash that the record lacks: it is then found missing, because the recomputed record has it. */
const NO_HASH = '';

/** The hashes of the bids that tied, which nobody can make again without the key. */
export function tiesOfRecord({ ties = {} }: Pick<DecisionRecord, 'ties'>): TieHash {
  return (bidId) => (Object.hasOwn(ties, bidId) ? ties[bidId]! : NO_HASH);
}

function lotOf(lot: RecordedLot): Lot {
  const { id, floorMicros = 0, reserveMicros = 0, quantity = 1, privateAuction = false } = lot;
  const { slotWeights = [FULL_WEIGHT_MILLIONTHS], deals = [] } = lot;
  const sold = { id, floorMicros, reserveMicros, quantity, slotWeights, privateAuction };
  return { ...sold, deals: deals.map(dealOf).sort(byId) };
}

export function dealOf({ id, floorMicros = 0, format, seats, domains }: RecordedDeal): Deal {
  return { id, floorMicros, format, seats: seats && new Set(seats), domains: domains && new Set(domains) };
}

function termsOf(bid: RecordedBid, lot: string): BidTerms {
  const { id, seat, priceMicros, quantity = 1, deal, seller } = bid;
  const { domains = NO_NAMES, categories = NO_NAMES } = bid;
  return {
    ...{ id, seat, lot, priceMicros, quantity, deal, seller },
    domains: () => domains,
    categories: () => categories,
    attributesInto: (row, layout) => {
      for (const index of layout.keys()) row[index] = bid.attributes?.[index] ?? NaN;
    },
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id);
}
