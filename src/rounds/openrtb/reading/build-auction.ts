import { invariant } from '../../../base/assert.js';
import { isCurrency } from '../../../base/currencies.js';
import { type Refusal, refuse } from '../../../base/errors.js';
import { PRICE_MAX, toMicros } from '../../../base/money.js';
import { convertDown, ExchangeRates } from '../../../openrtb/exchange-rates.js';
import { type Demands, demandsOf, screen } from '../../../openrtb/screen.js';
import { DEFAULT_CURRENCY } from '../../../schema/openrtb/shapes.js';
import type { Bid, LotWithBids } from '../../../auction/model.js';
import type { BidRequest } from '../../../schema/openrtb/bid-request.js';
import type { OpenRtbOptions } from '../../../schema/openrtb/options.js';
import { buildBids } from '../../reading/build-bids.js';
import type { FindRuling } from '../../reading/read-round.js';
import type { Round } from '../../round.js';
import type { Ruling } from '../../rules/ruling.js';
import { nameBids } from './bid-names.js';
import { buildLots, type ImpressionLot } from './build-lots.js';
import { findRequestRuling } from './find-request-ruling.js';
import { PlacedBid, stepsOf } from './placed-bid.js';
import { publisherOf } from './publisher-of.js';
import { type Fault, readSentBids, type SentBid, type UnreadableBid } from './sent-bids.js';

/** An OpenRTB auction as a round, and what its answer and its record need besides. */
export interface OpenRtbAuction {
  readonly round: Round;
  readonly request: BidRequest;
  readonly demands: Demands;
  readonly rates: ExchangeRates;
  /** By lot. */
  readonly impressions: ReadonlyMap<string, ImpressionLot>;
  /** By the names that bids have in the round. */
  readonly bids: ReadonlyMap<string, PlacedBid>;
  readonly unreadable: readonly UnreadableBid[];
}

export type AuctionReading = { readonly auction: OpenRtbAuction } | { readonly refusal: Refusal };
export type Responses = readonly Readonly<Record<string, unknown>>[];

const DEFAULT_INCREMENT = 0.01;
const FIRST_PRICE = 1;
const PRICE_MAX_MICROS = toMicros(PRICE_MAX);

/** What the schema cannot say: rates, names, floors; and every bid on its impression. */
export function buildAuction(
  request: BidRequest,
  responses: Responses,
  options: OpenRtbOptions,
  findRuling: FindRuling,
): AuctionReading {
  const currency = request.cur?.[0] ?? DEFAULT_CURRENCY;
  if (!isCurrency(currency)) return { refusal: unknownCurrency(currency) };
  const found = findRequestRuling(request, options, findRuling);
  if ('refusal' in found) return found;
  const rates = new ExchangeRates(options.rates);
  const built = buildLots(request, currency, rates);
  if ('refusal' in built) return built;
  const impressions = new Map(built.lots.map((lot) => [lot.lot.id, lot]));
  const demands = demandsOf(request, options.required ?? []);
  const circle = { request, currency, rates, impressions, demands, options };
  const { bids, unreadable } = placeBids(responses, circle);
  const lots = lotsWithBids(built.lots, bids, found.ruling);
  const objectionTo = ({ id }: Bid) => objectionOf(bids.get(id)!);
  const round = { ...frameOf(request, currency), ruling: found.ruling, lots, objectionTo };
  return { auction: { round, request, demands, rates, impressions, bids, unreadable } };
}

/** What surrounds the bids of an auction. */
interface Circle {
  readonly request: BidRequest;
  readonly currency: string;
  readonly rates: ExchangeRates;
  readonly impressions: ReadonlyMap<string, ImpressionLot>;
  readonly demands: Demands;
  readonly options: OpenRtbOptions;
}

function placeBids(responses: Responses, circle: Circle): Pick<OpenRtbAuction, 'bids' | 'unreadable'> {
  const { request, impressions } = circle;
  const { readable, unreadable } = readSentBids(responses, {
    requestId: request.id,
    impressions,
    objectionToPrice: (from, price) => objectionToPrice(from, price, circle),
  });
  const place = placing(circle);
  return {
    bids: new Map([...nameBids(readable)].map(([name, sent]) => [name, place(name, sent)])),
    unreadable,
  };
}

function lotsWithBids(
  impressions: readonly ImpressionLot[],
  bids: OpenRtbAuction['bids'],
  ruling: Ruling,
): readonly LotWithBids[] {
  const sold = impressions.map(({ lot }) => lot);
  const lots = buildBids([...bids.values()], sold, ruling, ({ floorMicros }) => floorMicros);
  invariant(lots !== undefined, 'every readable bid is for an impression of the request');
  return lots;
}

/** What the request says of the auction as a whole. */
function frameOf(request: BidRequest, currency: string): Omit<Round, 'ruling' | 'lots'> {
  const { increment, explain } = request.ext?.parley ?? {};
  return {
    id: request.id,
    format: request.at === FIRST_PRICE ? 'first-price' : 'second-price',
    currency,
    incrementMicros: toMicros(increment ?? DEFAULT_INCREMENT),
    tmaxMs: request.tmax === 0 ? undefined : (request.tmax ?? undefined),
    explain: explain ?? false,
  };
}

/** Puts a bid on its impression, and looks whether it fits there. */
function placing({ request, currency, rates, impressions, demands, options }: Circle) {
  const declared = { ...options.attributes, ...request.ext?.parley?.attributes };
  const pointers = new Map(Object.entries(declared).map(([name, pointer]) => [name, stepsOf(pointer)]));
  const seller = publisherOf(request);
  return (name: string, sent: SentBid): PlacedBid => {
    const place = impressions.get(sent.bid.impid)!;
    const ratio = rates.ratio(sent.currency, currency);
    invariant(ratio !== undefined, 'a readable bid is in a currency that has a rate');
    const screening = screen(sent.bid, sent.seat, demands, place);
    return new PlacedBid(sent, { name, place, screening, ratio, seller, pointers });
  };
}

function objectionOf({ placing: { screening } }: PlacedBid) {
  return 'reason' in screening ? screening.reason : undefined;
}

function objectionToPrice(
  from: string,
  price: number,
  { request, currency, rates }: Circle,
): Fault | undefined {
  const { cur } = request;
  if (cur != null && cur.length > 0 && !cur.includes(from))
    return { reason: 'CURRENCY_NOT_ALLOWED', field: 'cur' };
  const ratio = rates.ratio(from, currency);
  if (ratio === undefined) return { reason: 'EXCHANGE_RATE_MISSING', field: 'cur' };
  const isTooHigh = convertDown(toMicros(price), ratio) > PRICE_MAX_MICROS;
  return isTooHigh ? { reason: 'INVALID_BID', field: 'price' } : undefined;
}

function unknownCurrency(currency: string): Refusal {
  return refuse('UNKNOWN_CURRENCY', `${currency} is not a currency code of ISO 4217.`, '/request/cur/0');
}
