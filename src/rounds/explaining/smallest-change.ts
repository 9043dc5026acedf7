import type { ClearedLot } from '../../auction/clear-lots.js';
import type { Loss } from '../../auction/model.js';
import { isPolicyLoss, LOSSES, type LossReason } from '../../base/loss-reasons.js';
import { convertUp, inverse, isSameCurrency } from '../../openrtb/exchange-rates.js';
import type { Verdict } from '../../policy/verdict.js';
import type { Change } from '../../schema/explanation.js';
import type { Redecided } from '../replay/decide-again.js';
import { ruleOf, verdictsOn } from '../rules/spoken.js';
import { amountOf } from './amounts.js';
import { candidatePrices } from './candidate-prices.js';
import { lossDetailOf } from './loss-detail-of.js';
import type { Trials } from './trials.js';

/** Where another deal, or none, might have helped. */
const DEAL_LOSSES: ReadonlySet<LossReason> = new Set([
  'INVALID_DEAL',
  'SEAT_BLOCKED',
  'NOT_ALLOWED_IN_DEAL',
  'PRIVATE_AUCTION',
]);
/** Rules about the whole round: who ranks higher is served first. */
const ROUND_LOSSES: ReadonlySet<LossReason> = new Set([
  'TOO_MANY_BIDS_OF_SEAT',
  'TOO_MANY_AWARDS_OF_SEAT',
  'TOO_MANY_AWARDS_OF_ADVERTISER',
  'SEPARATION_REQUIRED',
  'ROUND_BUDGET_EXCEEDED',
]);
const DEALS_TRIED_MAX = 8;

/** A bid that lost, and what is needed to try what would have won. */
export interface Search {
  readonly loss: Loss;
  readonly cleared: ClearedLot;
  readonly again: Redecided;
  readonly trials: Trials;
}

/** The smallest change with which a bid would have won. A price or a deal is told only where deciding again says that it wins. */
export function smallestChange(search: Search): Change {
  if (isScreened(search)) return fieldChange(search);
  return byPrice(search) ?? byRule(search) ?? byDeal(search) ?? otherwise(search);
}

/** Whether the request itself holds something against the bid, which no price makes up for. */
function isScreened({ loss, again: { sentBids } }: Search): boolean {
  const placed = sentBids?.get(loss.bid.id);
  return placed !== undefined && 'reason' in placed.placing.screening;
}

function byPrice(search: Search): Change | undefined {
  const { loss } = search;
  const isAboutPrice =
    isPriceLoss(loss) || ROUND_LOSSES.has(loss.reason) || bindingOn(search)?.field === 'price';
  if (!isAboutPrice) return undefined;
  const { won, tied } = nearestPrices(search, loss.bid.dealId);
  if (won === undefined)
    return tied === undefined ? undefined : { kind: 'tie', ...priceMembers(search, tied) };
  const tieAt = tied === undefined ? {} : { tieAt: amountOf(tied) };
  return { kind: 'price', ...priceMembers(search, won), ...tieAt };
}

function byRule(search: Search): Change | undefined {
  const binding = bindingOn(search);
  if (binding === undefined || !isPolicyLoss(search.loss.reason)) return undefined;
  const { field, limit, value } = binding;
  return { kind: 'rule', rule: ruleOf(binding), field, limit, value };
}

/** Of the deals of the lot, and of none, the one that needs the least; the first of those that need the same. */
function byDeal(search: Search): Change | undefined {
  const { bid, reason } = search.loss;
  if (!LOSSES[reason].priceDecided && !DEAL_LOSSES.has(reason)) return undefined;
  const offered = search.cleared.lot.deals.slice(0, DEALS_TRIED_MAX).map(({ id }) => id);
  let best:
    { readonly deal: string | undefined; readonly price: number; readonly distance: number } | undefined;
  for (const deal of [undefined, ...offered]) {
    const price = deal === bid.dealId ? undefined : nearestPrices(search, deal).won;
    if (price === undefined) continue;
    const distance = Math.abs(price - bid.priceMicros);
    if (best === undefined || distance < best.distance) best = { deal, price, distance };
  }
  return best && { kind: 'deal', deal: best.deal ?? null, ...priceMembers(search, best.price) };
}

function otherwise(search: Search): Change {
  const { loss, trials } = search;
  const wasTried = isPriceLoss(loss) || DEAL_LOSSES.has(loss.reason);
  if (wasTried && trials.isOver) return { kind: 'untried' };
  return isPriceLoss(loss) ? { kind: 'none' } : fieldChange(search);
}

function isPriceLoss({ reason }: Loss): boolean {
  return LOSSES[reason].priceDecided || reason === 'RESERVE_NOT_MET';
}

function bindingOn({ loss, again }: Search): Verdict | undefined {
  return verdictsOn(loss, again.decision.verdicts)[0];
}

/**
 * The nearest price that wins with this deal, and a nearer one that would have tied; the own one is tried where the deal is
 * another one.
 */
function nearestPrices({ loss, cleared, again, trials }: Search, deal: string | undefined) {
  // Candidates cost something, too, where rules look at the whole round.
  if (trials.isOver) return { won: undefined, tied: undefined };
  const { id: bidId, dealId, priceMicros } = loss.bid;
  const own = deal === dealId ? [] : [priceMicros];
  let tied: number | undefined;
  for (const price of [...own, ...candidatePrices(loss, cleared, again)]) {
    const chance = trials.chanceOf({ bidId, priceMicros: price, deal }, again);
    if (chance === 'wins') return { won: price, tied };
    if (chance === 'ties') tied ??= price;
  }
  return { won: undefined, tied };
}

function priceMembers({ loss: { bid }, again: { sentBids } }: Search, priceMicros: number) {
  const placed = sentBids?.get(bid.id);
  const members = { price: amountOf(priceMicros), more: amountOf(priceMicros - bid.priceMicros) };
  if (placed === undefined || isSameCurrency(placed.placing.ratio)) return members;
  const price = amountOf(convertUp(priceMicros, inverse(placed.placing.ratio)));
  return { ...members, sent: { price, currency: placed.sent.currency } };
}

function fieldChange({ loss, again }: Search): Change {
  const { field, value } = lossDetailOf(loss, again);
  return { kind: 'field', field, ...(value === undefined ? {} : { value }) };
}
