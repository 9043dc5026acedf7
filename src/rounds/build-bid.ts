import type { Bid, Lot } from '../auction/model.js';

/** What a bid says, before its deal is looked up on its lot. */
export interface BidTerms {
  readonly id: string;
  readonly seat: string;
  readonly priceMicros: number;
  readonly quantity: number;
  readonly deal: string | undefined;
  readonly domains: readonly string[];
}

export function buildBid(
  { id, seat, priceMicros, quantity, deal: dealId, domains }: BidTerms,
  lot: Lot,
): Bid {
  const deal = dealId === undefined ? undefined : lot.deals.find((offered) => offered.id === dealId);
  return { id, seat, priceMicros, quantity, dealId, deal, domains };
}
