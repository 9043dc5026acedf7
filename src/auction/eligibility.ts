import { isWithinDomains } from '../base/domain-names.js';
import type { LossReason } from '../base/loss-reasons.js';
import type { Bid, Deal, Lot } from './model.js';

/** Why a bid may not compete on its lot, or undefined when it may. The first reason in this order is the one told. */
export function reasonAgainst(bid: Bid, lot: Lot): LossReason | undefined {
  return utilityReason(bid) ?? dealReason(bid) ?? openReason(bid, lot) ?? priceReason(bid, lot);
}

function utilityReason({ utilityNanos }: Bid): LossReason | undefined {
  return Number.isNaN(utilityNanos) ? 'UTILITY_ATTRIBUTE_MISSING' : undefined;
}

function dealReason(bid: Bid): LossReason | undefined {
  if (bid.dealId === undefined) return undefined;
  if (bid.deal === undefined) return 'INVALID_DEAL';
  if (!admitsSeat(bid.deal, bid.seat)) return 'SEAT_BLOCKED';
  return admitsDomains(bid.deal, bid.domains) ? undefined : 'NOT_ALLOWED_IN_DEAL';
}

function openReason(bid: Bid, lot: Lot): LossReason | undefined {
  return lot.privateAuction && bid.deal === undefined ? 'PRIVATE_AUCTION' : undefined;
}

function priceReason(bid: Bid, lot: Lot): LossReason | undefined {
  if (bid.priceMicros < bid.floorMicros) return bid.deal === undefined ? 'BELOW_FLOOR' : 'BELOW_DEAL_FLOOR';
  return bid.priceMicros < lot.reserveMicros ? 'RESERVE_NOT_MET' : undefined;
}

function admitsSeat(deal: Deal, seat: string): boolean {
  return deal.seats === undefined || deal.seats.has(seat);
}

/** A deal for certain domains needs a bid that declares its domains, and all of them inside the deal's. */
function admitsDomains({ domains: allowed }: Deal, declared: readonly string[]): boolean {
  if (allowed === undefined) return true;
  return declared.length > 0 && declared.every((name) => isWithinDomains(name.toLowerCase(), allowed));
}
