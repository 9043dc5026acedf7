import type { Bid, Lot } from '../auction/model.js';
import { compareText } from '../auction/ranking.js';

/** What a bid says, before its deal is looked up on its lot. */
export interface BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly domains: readonly string[];
}

const NO_NAMES: readonly string[] = [];

/** The domains of a bid are kept, in one order, only where its deal asks for them. */
export function buildBid(terms: BidTerms, lot: Lot): Bid {
  const { id, seat, priceMicros, quantity, deal: dealId } = terms;
  const deal = dealId === undefined ? undefined : lot.deals.find((offered) => offered.id === dealId);
  const domains = deal?.domains === undefined ? NO_NAMES : inLowerCase(terms.domains);
  return { id, seat, priceMicros, quantity, dealId, deal, domains };
}

/** Domain names mean the same in any case; each is kept once, in the order of their text. */
export function inLowerCase(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map((name) => name.toLowerCase()))].sort(compareText);
}
