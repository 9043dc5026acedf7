import type { Bid, Deal, Lot } from '../../src/auction/model.js';
import type { TieHash } from '../../src/auction/ranking.js';
import type { LotWithBids, Round } from '../../src/rounds/round.js';

/** The members of a record that say what was decided about; those that say what was decided are not read. */
export interface RecordJson extends Pick<Round, 'format' | 'currency' | 'incrementMicros'> {
  readonly at: number;
  readonly id: string;
  readonly explain?: boolean;
  readonly lots: readonly LotJson[];
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

interface BidJson extends Pick<Bid, 'id' | 'seat' | 'priceMicros'> {
  readonly deal?: string;
  readonly domains?: readonly string[];
  readonly quantity?: number;
}

/** The round that a record tells of, ready to be decided again: what is left out is at its default. */
export function roundOfRecord(record: RecordJson): Round {
  const { id, format, currency, incrementMicros, explain = false, lots } = record;
  return { id, format, currency, incrementMicros, tmaxMs: undefined, explain, lots: lots.map(lotOf) };
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

function lotOf({ bids, ...stated }: LotJson): LotWithBids {
  const deals = (stated.deals ?? []).map(dealOf);
  const defaults = {
    floorMicros: 0,
    reserveMicros: 0,
    quantity: 1,
    slotWeights: [1_000_000],
    privateAuction: false,
  };
  const lot: Lot = { ...defaults, ...stated, deals };
  return { lot, bids: bids.map((bid) => bidOf(bid, deals)) };
}

function bidOf(
  { id, seat, priceMicros, quantity = 1, domains = [], deal: dealId }: BidJson,
  deals: Deal[],
): Bid {
  const deal = deals.find((offered) => offered.id === dealId);
  return { id, seat, priceMicros, quantity, domains, dealId, deal };
}

function dealOf({ id, floorMicros = 0, format, seats, domains }: DealJson): Deal {
  return { id, floorMicros, format, seats: seats && new Set(seats), domains: domains && new Set(domains) };
}
