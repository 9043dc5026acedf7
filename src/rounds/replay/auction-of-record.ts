import { canonicalJson } from '../../base/canonical-json.js';
import { invariant } from '../../base/assert.js';
import type { Bid } from '../../auction/model.js';
import { ExchangeRates } from '../../openrtb/exchange-rates.js';
import { demandsOf, screen } from '../../openrtb/screen.js';
import type { DecisionRecord, RecordedBid, RecordedLot } from '../../schema/record.js';
import { buildLots, type ImpressionLot } from '../openrtb/reading/build-lots.js';
import { PlacedBid } from '../openrtb/reading/placed-bid.js';
import { buildBids } from '../reading/build-bids.js';
import type { Round } from '../round.js';
import type { Ruling } from '../rules/ruling.js';
import type { RecordAnnex } from '../telling/write-record.js';
import { impressionOfRecord } from './impression-of-record.js';
import { dealOf, frameOf } from './round-of-record.js';
import { sentBidOfRecord } from './sent-bid-of-record.js';

export interface RecordedAuction {
  readonly round: Round;
  /** By the names that bids have in the round. */
  readonly bids: ReadonlyMap<string, PlacedBid>;
}

/**
 * The auction that the record of an OpenRTB request tells of: floors and prices are converted again, and bids are held
 * against the request again. The inverse of openrtb/telling/record-annex.ts.
 */
export function auctionOfRecord(record: DecisionRecord, ruling: Ruling): RecordedAuction {
  const rates = new ExchangeRates(record.rates);
  const impressions = impressionsOf(record, rates);
  const bids = new Map(placeBids(record, impressions, rates).map((bid) => [bid.id, bid]));
  const sold = [...impressions.values()].map(({ lot }) => lot);
  const lots = buildBids([...bids.values()], sold, ruling, ({ floorMicros }) => floorMicros);
  invariant(lots !== undefined, 'bids stand in a record under their impression');
  return { bids, round: { ...frameOf(record), ruling, lots, objectionTo: objections(bids) } };
}

function objections(bids: ReadonlyMap<string, PlacedBid>) {
  return ({ id }: Bid) => {
    const { screening } = bids.get(id)!.placing;
    return 'reason' in screening ? screening.reason : undefined;
  };
}

/** What the request and its bids said is written as it was read: only what was made of it is made again. */
export function annexOfRecord(record: DecisionRecord): RecordAnnex {
  const lots = new Map(record.lots.map((lot) => [lot.id, lot]));
  const bids = new Map(record.lots.flatMap((lot) => lot.bids.map((bid) => [bid.id, bid] as const)));
  return {
    kind: 'openrtb',
    rates: record.rates && canonicalJson(record.rates),
    request: record.request && canonicalJson(record.request),
    unreadable: record.unreadable && canonicalJson(record.unreadable),
    ofLot: ({ id }) => jsonOf(lots.get(id)?.offer),
    ofBid: ({ id }) => jsonOf(bids.get(id)?.sent),
  };
}

function jsonOf(said: object | undefined): string | undefined {
  return said && canonicalJson(said);
}

function impressionsOf(record: DecisionRecord, rates: ExchangeRates): ReadonlyMap<string, ImpressionLot> {
  const { currency } = record;
  const imp = record.lots.map((lot) => impressionOfRecord(lot, currency));
  const built = buildLots({ imp }, currency, rates);
  if ('refusal' in built) throw new Error(built.refusal.message);
  const recorded = new Map(record.lots.map((lot) => [lot.id, lot]));
  return new Map(built.lots.map((lot) => [lot.lot.id, withRecordedDomains(lot, recorded.get(lot.lot.id)!)]));
}

/** Domains of deals were taken out of addresses before they were recorded; doing so twice might take away more. */
function withRecordedDomains(built: ImpressionLot, { deals = [] }: RecordedLot): ImpressionLot {
  if (deals.length === 0) return built;
  const recorded = new Map(deals.map((deal) => [deal.id, dealOf(deal)]));
  const own = built.lot.deals.map((deal) => ({ ...deal, domains: recorded.get(deal.id)?.domains }));
  return { ...built, lot: { ...built.lot, deals: own } };
}

function placeBids(
  record: DecisionRecord,
  impressions: ReadonlyMap<string, ImpressionLot>,
  rates: ExchangeRates,
): readonly PlacedBid[] {
  const { attributes: layout = [] } = record;
  const demands = demandsOf(record.request ?? {}, record.request?.required ?? []);
  // The record has what a bid says of attributes in the order of the layout, wherever that stood in the bid.
  const pointers = new Map(layout.map((name, place) => [name, ['ext', String(place)]]));
  const placeBid = (bid: RecordedBid, impid: string): PlacedBid => {
    const place = impressions.get(impid)!;
    const sent = sentBidOfRecord(bid, impid, record.currency);
    const ratio = rates.ratio(sent.currency, record.currency);
    if (ratio === undefined) throw new Error(`The record lacks the exchange rate of ${sent.currency}.`);
    const screening = screen(sent.bid, sent.seat, demands, place);
    return new PlacedBid(sent, { name: bid.id, place, screening, ratio, seller: bid.seller, pointers });
  };
  return record.lots.flatMap((lot) => lot.bids.map((bid) => placeBid(bid, lot.id)));
}
