import type { LossReason } from '../../../base/loss-reasons.js';
import { microsToDecimal } from '../../../base/money.js';
import type { Loss } from '../../../auction/model.js';
import type { Verdict } from '../../../policy/verdict.js';
import type { LossDetail } from '../../../schema/answer.js';
import type { PlacedBid } from '../reading/placed-bid.js';

/** Which member of the bid decided. Rules of policies name their field themselves. */
const FIELDS: Partial<Record<LossReason, string>> = {
  SEAT_BLOCKED: 'seat',
  CREATIVE_ID_MISSING: 'crid',
  MARKUP_MISSING: 'adm',
  ADVERTISER_DOMAIN_INVALID: 'adomain',
  AD_TYPE_NOT_ALLOWED: 'mtype',
  SIZE_NOT_ALLOWED: 'w',
  DURATION_NOT_ALLOWED: 'dur',
  CREATIVE_ATTRIBUTE_BLOCKED: 'attr',
  ADVERTISER_BLOCKED: 'adomain',
  APP_BLOCKED: 'bundle',
  CATEGORY_BLOCKED: 'cat',
  LANGUAGE_NOT_ALLOWED: 'language',
  NOT_SECURE: 'adm',
  INVALID_DEAL: 'dealid',
  NOT_ALLOWED_IN_DEAL: 'adomain',
  PRIVATE_AUCTION: 'dealid',
};

/** Markup is long, and whoever asks has sent it. */
const UNTOLD: ReadonlySet<string> = new Set(['adm']);

/** Which member decided, what it said, and what it would have had to reach. */
export function detailOf(
  { bid, reason, minimumToWinMicros }: Loss,
  { sent }: PlacedBid,
  [binding]: readonly Verdict[],
): LossDetail {
  if (binding !== undefined) return { field: binding.field, value: binding.value, limit: binding.limit };
  const field = FIELDS[reason];
  if (field === undefined)
    return priceDetail(bid.priceMicros, limitOf(reason, bid.floorMicros, minimumToWinMicros));
  const said: unknown = field === 'seat' ? sent.seat : (sent.bid as Record<string, unknown>)[field];
  return said === undefined || UNTOLD.has(field) ? { field } : { field, value: said };
}

function limitOf(reason: LossReason, floorMicros: number, minimumMicros: number | undefined) {
  return reason === 'BELOW_FLOOR' || reason === 'BELOW_DEAL_FLOOR' ? floorMicros : minimumMicros;
}

function priceDetail(priceMicros: number, limitMicros: number | undefined): LossDetail {
  const limit = limitMicros === undefined ? {} : { limit: amountOf(limitMicros) };
  return { field: 'price', value: amountOf(priceMicros), ...limit };
}

export function amountOf(micros: number): number {
  return Number(microsToDecimal(micros));
}
