import type { Deal, Lot } from '../../auction/model.js';
import { FORMATS } from '../../auction/formats/by-name.js';
import { compareText } from '../../auction/ranking.js';
import { isCurrency } from '../../base/currencies.js';
import { type Refusal, refuse } from '../../base/errors.js';
import { toMicros } from '../../base/money.js';
import type { DealRequest, LotRequest, RoundRequest } from '../../schema/round.js';
import { repeatedId } from './repeated-id.js';
import { ParsedBid } from './bid-terms.js';
import { buildBids } from './build-bids.js';
import { formatMismatch } from './format-mismatch.js';
import type { Round } from '../round.js';
import type { Ruling } from '../rules/ruling.js';
import { invariant } from '../../base/assert.js';

const DEFAULT_INCREMENT_MICROS = 10_000;
const FULL_WEIGHT = 1;

/** What the schema cannot say: references that resolve, ids that are unique, features that fit the format. */
export function buildRound(
  request: RoundRequest,
  ruling: Ruling,
): { readonly round: Round } | { readonly refusal: Refusal } {
  const refusal =
    unknownCurrency(request) ?? formatMismatch(request) ?? repeatedIds(request) ?? unknownLot(request);
  if (refusal !== undefined) return { refusal };
  const terms = request.bids.map((bid) => new ParsedBid(bid));
  const sorted = request.lots.map((lot) => buildLot(lot, request)).sort((a, b) => compareText(a.id, b.id));
  const lots = buildBids(terms, sorted, ruling);
  invariant(lots !== undefined, 'every bid names a lot of the round');
  return {
    round: {
      id: request.id,
      format: request.format,
      currency: request.currency,
      incrementMicros:
        request.increment === undefined ? DEFAULT_INCREMENT_MICROS : toMicros(request.increment),
      tmaxMs: request.tmax,
      explain: request.explain ?? false,
      ruling,
      lots,
    },
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

/** Domain names mean the same in any case; each is kept once, in the order of their text. */
function inLowerCase(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map((name) => name.toLowerCase()))].sort(compareText);
}

function unknownCurrency({ currency }: RoundRequest): Refusal | undefined {
  if (isCurrency(currency)) return undefined;
  return refuse('UNKNOWN_CURRENCY', `${currency} is not a currency code of ISO 4217.`, '/currency');
}

function unknownLot({ lots, bids }: RoundRequest): Refusal | undefined {
  const sold = new Set(lots.map(({ id }) => id));
  const index = bids.findIndex(({ lot }) => !sold.has(lot));
  if (index === -1) return undefined;
  return refuse('UNKNOWN_LOT', `The round does not sell lot ${bids[index]!.lot}.`, `/bids/${index}/lot`);
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
