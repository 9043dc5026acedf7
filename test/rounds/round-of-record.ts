import type { Deal, Lot } from '../../src/auction/model.js';
import type { TieHash } from '../../src/auction/ranking.js';
import type { BidTerms } from '../../src/rounds/reading/bid-terms.js';
import { buildBids } from '../../src/rounds/reading/build-bids.js';
import type { Round } from '../../src/rounds/round.js';
import { RuleBook } from '../../src/rounds/rules/rule-book.js';

/** The members of a record that say what was decided about; those that say what was decided are not read. */
export interface RecordJson extends Pick<Round, 'format' | 'currency' | 'incrementMicros'> {
  readonly at: number;
  readonly id: string;
  readonly explain?: boolean;
  readonly lots: readonly LotJson[];
  readonly policies?: readonly unknown[];
  readonly profile?: unknown;
  readonly ties?: { readonly [bidId: string]: string };
}

interface LotJson extends Pick<Lot, 'id'>, Partial<Omit<Lot, 'id' | 'deals'>> {
  readonly deals?: readonly DealJson[];
  readonly bids: readonly BidJson[];
}

interface DealJson extends Pick<Deal, 'id'>, Partial<Pick<Deal, 'floorMicros' | 'format'>> {
  readonly seats?: readonly string[];
  readonly domains?: readonly string[];
}

interface BidJson extends Pick<BidTerms, 'id' | 'seat' | 'priceMicros'> {
  /** In the order of the attributes of the record. */
  readonly attributes?: readonly (number | null)[];
  readonly categories?: readonly string[];
  readonly deal?: string;
  readonly domains?: readonly string[];
  readonly quantity?: number;
  readonly seller?: string;
}

/** The round that a record tells of, ready to be decided again: what is left out is at its default. */
export function roundOfRecord(record: RecordJson, ruleBook = new RuleBook()): Round {
  const { id, format, currency, incrementMicros, explain = false } = record;
  const found = ruleBook.rulingFor(rulesOf(record));
  if ('refusal' in found) throw new Error(found.refusal.message);
  const { ruling } = found;
  const terms = record.lots.flatMap(({ id: lot, bids }) => bids.map((bid) => termsOf(bid, lot)));
  const lots = buildBids(terms, record.lots.map(lotOf), ruling)!;
  return { id, format, currency, incrementMicros, tmaxMs: undefined, explain, ruling, lots };
}

function rulesOf({ policies = [], profile }: RecordJson) {
  return { policies: [...policies], ...(profile === undefined ? {} : { profile }) };
}

/** The hashes of the bids that tied. A replay has no key, so a hash that is missing is a fault of the record. */
export function tiesOfRecord({ ties = {} }: RecordJson): TieHash {
  const hashes = new Map(Object.entries(ties));
  return (bidId) => {
    const hash = hashes.get(bidId);
    if (hash === undefined) throw new Error(`the record lacks the tie hash of ${bidId}`);
    return hash;
  };
}

function lotOf(stated: Omit<LotJson, 'bids'>): Lot {
  const defaults = {
    floorMicros: 0,
    reserveMicros: 0,
    quantity: 1,
    slotWeights: [1_000_000],
    privateAuction: false,
  };
  const { id, floorMicros, reserveMicros, quantity, slotWeights, privateAuction } = {
    ...defaults,
    ...stated,
  };
  const deals = (stated.deals ?? []).map(dealOf);
  return { id, floorMicros, reserveMicros, quantity, slotWeights, privateAuction, deals };
}

function termsOf(bid: BidJson, lot: string): BidTerms {
  const { id, seat, priceMicros, quantity = 1, deal, seller, domains = [], categories = [] } = bid;
  return {
    ...{ id, seat, lot, priceMicros, quantity, deal, seller },
    domains: () => domains,
    categories: () => categories,
    attributesInto: (row, layout) => {
      for (const index of layout.keys()) row[index] = bid.attributes?.[index] ?? NaN;
    },
  };
}

function dealOf({ id, floorMicros = 0, format, seats, domains }: DealJson): Deal {
  return { id, floorMicros, format, seats: seats && new Set(seats), domains: domains && new Set(domains) };
}
