import type { Bid, Deal, Lot } from '../auction/model.js';
import { FORMATS } from '../auction/formats/by-name.js';
import { compareText } from '../auction/ranking.js';
import { isCurrency } from '../base/currencies.js';
import { type Refusal, refuse } from '../base/errors.js';
import { toMicros } from '../base/money.js';
import type { BidRequest, DealRequest, LotRequest, RoundRequest } from '../schema/round.js';
import { type BidTerms, buildBid, inLowerCase } from './build-bid.js';
import { formatMismatch } from './format-mismatch.js';
import type { Round } from './round.js';

const DEFAULT_INCREMENT_MICROS = 10_000;
const FULL_WEIGHT = 1;
const NO_NAMES: readonly string[] = [];

/** What the schema cannot say: references that resolve, ids that are unique, features that fit the format. */
export function buildRound(request: RoundRequest): { readonly round: Round } | { readonly refusal: Refusal } {
  const refusal =
    unknownRules(request) ?? unknownCurrency(request) ?? formatMismatch(request) ?? repeatedIds(request);
  if (refusal !== undefined) return { refusal };
  const lots = new Map(
    request.lots.map((lot) => [lot.id, { lot: buildLot(lot, request), bids: [] as Bid[] }]),
  );
  for (const [index, bid] of request.bids.entries()) {
    const place = lots.get(bid.lot);
    if (place === undefined) return { refusal: unknownLot(bid.lot, index) };
    place.bids.push(buildBid(bidTerms(bid), place.lot));
  }
  return { round: assemble(request, [...lots.values()]) };
}

function assemble(request: RoundRequest, lots: { lot: Lot; bids: Bid[] }[]): Round {
  for (const { bids } of lots) bids.sort((a, b) => compareText(a.id, b.id));
  return {
    id: request.id,
    format: request.format,
    currency: request.currency,
    incrementMicros: request.increment === undefined ? DEFAULT_INCREMENT_MICROS : toMicros(request.increment),
    tmaxMs: request.tmax,
    explain: request.explain ?? false,
    lots: lots.sort((a, b) => compareText(a.lot.id, b.lot.id)),
  };
}

function buildLot(lot: LotRequest, request: RoundRequest): Lot {
  const sellsSlots = FORMATS[request.format].sells === 'slots';
  return {
    id: lot.id,
    floorMicros: toMicros(lot.floor ?? 0),
    reserveMicros: toMicros(lot.reserve ?? 0),
    quantity: lot.quantity ?? 1,
    slotWeights: ((sellsSlots ? lot.slots : undefined) ?? [FULL_WEIGHT]).map(toMicros),
    privateAuction: lot.privateAuction ?? false,
    deals: (lot.deals ?? []).map(buildDeal).sort((a, b) => compareText(a.id, b.id)),
  };
}

function buildDeal(deal: DealRequest): Deal {
  return {
    id: deal.id,
    floorMicros: toMicros(deal.floor ?? 0),
    format: deal.format,
    seats: deal.seats && new Set(deal.seats.toSorted(compareText)),
    domains: deal.domains && new Set(inLowerCase(deal.domains)),
  };
}

function bidTerms(bid: BidRequest): BidTerms {
  return {
    id: bid.id,
    seat: bid.seat,
    priceMicros: toMicros(bid.price),
    quantity: bid.quantity ?? 1,
    deal: bid.deal,
    domains: bid.domains ?? NO_NAMES,
  };
}

/** Until the engine has policies and profiles, a round that relies on one must not be decided without it. */
function unknownRules(request: RoundRequest): Refusal | undefined {
  if (request.policies !== undefined && request.policies.length > 0) {
    return refuse(
      'UNKNOWN_POLICY',
      'This engine has no policies yet; send the round without them.',
      '/policies/0',
    );
  }
  if (request.profile === undefined) return undefined;
  return refuse(
    'UNKNOWN_PROFILE',
    'This engine has no profiles yet; send the round without one.',
    '/profile',
  );
}

function unknownCurrency({ currency }: RoundRequest): Refusal | undefined {
  if (isCurrency(currency)) return undefined;
  return refuse('UNKNOWN_CURRENCY', `${currency} is not a currency code of ISO 4217.`, '/currency');
}

function unknownLot(lot: string, bidIndex: number): Refusal {
  return refuse('UNKNOWN_LOT', `The round does not sell lot ${lot}.`, `/bids/${bidIndex}/lot`);
}

function repeatedIds(request: RoundRequest): Refusal | undefined {
  const inLots = repeatedId(request.lots, '/lots') ?? repeatedId(request.bids, '/bids');
  if (inLots !== undefined) return inLots;
  for (const [index, lot] of request.lots.entries()) {
    const inDeals = repeatedId(lot.deals ?? [], `/lots/${index}/deals`);
    if (inDeals !== undefined) return inDeals;
  }
  return undefined;
}

function repeatedId(named: readonly { readonly id: string }[], path: string): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, { id }] of named.entries()) {
    if (seen.has(id))
      return refuse('DUPLICATE_ID', `The id ${id} stands here for the second time.`, `${path}/${index}/id`);
    seen.add(id);
  }
  return undefined;
}
