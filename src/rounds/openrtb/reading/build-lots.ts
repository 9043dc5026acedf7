import type { Deal, Lot } from '../../../auction/model.js';
import { compareText } from '../../../auction/ranking.js';
import { type Refusal, refuse } from '../../../base/errors.js';
import { type ExchangeRates, type Ratio, SAME_CURRENCY } from '../../../openrtb/exchange-rates.js';
import { ANY_DURATION, type Durations } from '../../../openrtb/durations.js';
import {
  type DurationFloor,
  durationFloor,
  type FloorGuidance,
  floorMicros,
  saysFloor,
} from '../../../openrtb/floor-guidance.js';
import { plainDomain } from '../../../openrtb/domains.js';
import { type Offer, offersOf } from '../../../openrtb/offers.js';
import type { ImpressionDemands } from '../../../openrtb/screen.js';
import type { BidRequest, DealOffer, Impression } from '../../../schema/openrtb/bid-request.js';
import { DEFAULT_CURRENCY, isSet } from '../../../schema/openrtb/shapes.js';
import { repeatedId } from '../../reading/repeated-id.js';

/** An impression as the auction has it, and what a lot does not say of it. */
export interface ImpressionLot extends ImpressionDemands {
  readonly impression: Impression;
  readonly lot: Lot;
  /** Of the deals that say floors by duration. */
  readonly dealFloors: ReadonlyMap<string, DurationFloor>;
}

export type LotsReading = { readonly lots: readonly ImpressionLot[] } | { readonly refusal: Refusal };

const FULL_WEIGHT_MILLIONTHS = 1_000_000;
const DEAL_FORMATS = [undefined, 'first-price', 'second-price', 'fixed-price'] as const;

/** Impressions become lots, sorted by id; refused when two share an id or a floor cannot be converted. */
export function buildLots(
  { imp }: Pick<BidRequest, 'imp'>,
  currency: string,
  rates: ExchangeRates,
): LotsReading {
  const repeated = repeatedId(imp, '/request/imp');
  if (repeated !== undefined) return { refusal: repeated };
  const lots: ImpressionLot[] = [];
  for (const [index, impression] of imp.entries()) {
    const built = buildLot(impression, `/request/imp/${index}`, (from) => rates.ratio(from, currency));
    if ('refusal' in built) return built;
    lots.push(built.lot);
  }
  return { lots: lots.sort((a, b) => compareText(a.lot.id, b.lot.id)) };
}

type RatioOf = (currency: string) => Ratio | undefined;
type LotReading = { readonly lot: ImpressionLot } | { readonly refusal: Refusal };

function buildLot(impression: Impression, path: string, ratioOf: RatioOf): LotReading {
  const { id, bidfloor, bidfloorcur, video, audio, pmp, secure } = impression;
  const ratio = ratioFor([impression, video, audio], bidfloorcur, ratioOf);
  if (ratio === undefined) return withoutRate(bidfloorcur, `${path}/bidfloorcur`);
  const offers = offersOf(impression, ratio);
  const deals = buildDeals(pmp?.deals ?? [], offers, `${path}/pmp/deals`, ratioOf);
  if ('refusal' in deals) return deals;
  const lot = {
    id,
    floorMicros: floorMicros(bidfloor, ratio),
    reserveMicros: 0,
    quantity: 1,
    slotWeights: [FULL_WEIGHT_MILLIONTHS],
    privateAuction: isSet(pmp?.private_auction),
    deals: deals.deals,
  };
  return { lot: { impression, lot, offers, isSecure: isSet(secure), dealFloors: deals.floors } };
}

interface Deals {
  readonly deals: readonly Deal[];
  readonly floors: ReadonlyMap<string, DurationFloor>;
}

function buildDeals(
  offered: readonly DealOffer[],
  offers: readonly Offer[],
  path: string,
  ratioOf: RatioOf,
): Deals | { readonly refusal: Refusal } {
  const repeated = repeatedId(offered, path);
  if (repeated !== undefined) return { refusal: repeated };
  const durations = durationsTaken(offers);
  const floors = new Map<string, DurationFloor>();
  const deals: Deal[] = [];
  for (const [index, deal] of offered.entries()) {
    const ratio = ratioFor([deal], deal.bidfloorcur, ratioOf);
    if (ratio === undefined) return withoutRate(deal.bidfloorcur, `${path}/${index}/bidfloorcur`);
    const otherwiseMicros = floorMicros(deal.bidfloor, ratio);
    const byDuration = durationFloor(deal, { otherwiseMicros, durations, ratio });
    if (byDuration !== undefined) floors.set(deal.id, byDuration);
    deals.push(buildDeal(deal, otherwiseMicros));
  }
  return { deals: deals.sort((a, b) => compareText(a.id, b.id)), floors };
}

/** Serializers write an empty list for one that asks for nothing. */
function buildDeal({ id, at, wseat, wadomain }: DealOffer, floor: number): Deal {
  const domains = wadomain?.map(plainDomain);
  return {
    id,
    floorMicros: floor,
    format: DEAL_FORMATS[at ?? 0],
    seats: wseat == null || wseat.length === 0 ? undefined : new Set(wseat.toSorted(compareText)),
    domains: domains === undefined || domains.length === 0 ? undefined : new Set(domains.sort(compareText)),
  };
}

/** Of any offer that has durations; where none has, every duration may come. */
function durationsTaken(offers: readonly Offer[]): readonly Durations[] {
  const taken = offers.flatMap(({ durations }) => durations ?? []);
  return taken.length === 0 ? [ANY_DURATION] : taken;
}

/** A currency that no amount is in needs no rate. */
function ratioFor(
  guided: readonly (FloorGuidance | null | undefined)[],
  currency: string | null | undefined,
  ratioOf: RatioOf,
): Ratio | undefined {
  return guided.some(saysFloor) ? ratioOf(currency ?? DEFAULT_CURRENCY) : SAME_CURRENCY;
}

function withoutRate(currency: string | null | undefined, path: string): { readonly refusal: Refusal } {
  const message = `There is no exchange rate for ${currency ?? DEFAULT_CURRENCY}, and a floor is in it.`;
  return { refusal: refuse('UNKNOWN_CURRENCY', message, path) };
}
