import type { Loss } from '../../../auction/model.js';
import type { LossReason } from '../../../base/loss-reasons.js';
import { microsToDecimal } from '../../../base/money.js';
import type { Verdict } from '../../../policy/verdict.js';
import type { LossDetail } from '../../../schema/answer.js';
import type { Round } from '../../round.js';
import { missingAttribute } from '../../telling/explanation.js';
import type { PlacedBid } from '../reading/placed-bid.js';

/** The members that the auction itself looks at, by their names in OpenRTB. */
const FIELDS: Partial<Record<LossReason, string>> = {
  SEAT_BLOCKED: 'seat',
  INVALID_DEAL: 'dealid',
  NOT_ALLOWED_IN_DEAL: 'adomain',
  PRIVATE_AUCTION: 'dealid',
};

/** Markup is long, and whoever asks has sent it. */
const UNTOLD: ReadonlySet<string> = new Set(['adm', 'nurl']);

/** Which member decided, what it said, and what it would have had to reach. */
export function detailOf(
  loss: Loss,
  placed: PlacedBid,
  round: Round,
  [binding]: readonly Verdict[],
): LossDetail {
  const { screening } = placed.placing;
  if ('reason' in screening) return said(screening.field, placed);
  if (binding !== undefined) return { field: binding.field, value: binding.value, limit: binding.limit };
  if (loss.reason === 'UTILITY_ATTRIBUTE_MISSING') return { field: missingAttribute(loss.bid, round) };
  const field = FIELDS[loss.reason];
  return field === undefined ? priceDetail(loss) : said(field, placed);
}

function said(field: string, { sent }: PlacedBid): LossDetail {
  const value: unknown = field === 'seat' ? sent.seat : valueOf(field, sent.bid);
  return value === undefined || UNTOLD.has(field) ? { field } : { field, value };
}

function valueOf(field: string, bid: PlacedBid['sent']['bid']): unknown {
  if (field !== 'size') return (bid as Record<string, unknown>)[field];
  const { w, h, wratio, hratio } = bid;
  return { w, h, wratio, hratio };
}

function priceDetail({ bid, reason, minimumToWinMicros }: Loss): LossDetail {
  const isUnderFloor = reason === 'BELOW_FLOOR' || reason === 'BELOW_DEAL_FLOOR';
  const limitMicros = isUnderFloor ? bid.floorMicros : minimumToWinMicros;
  const limit = limitMicros === undefined ? {} : { limit: amountOf(limitMicros) };
  return { field: 'price', value: amountOf(bid.priceMicros), ...limit };
}

export function amountOf(micros: number): number {
  return Number(microsToDecimal(micros));
}
