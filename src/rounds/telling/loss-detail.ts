import type { Loss } from '../../auction/model.js';
import {
  isOpenRtbLoss,
  isPolicyLoss,
  type LossReason,
  type OpenRtbLossReason,
  type PolicyLossReason,
} from '../../base/loss-reasons.js';
import { invariant } from '../../base/assert.js';
import { microsToDecimal } from '../../base/money.js';
import type { Verdict } from '../../policy/verdict.js';
import type { LossDetail } from '../../schema/answer.js';

/**
 * Which field of the bid decided, what it said, and what it would have had to reach. `binding` is the verdict of the
 * policy that stopped the bid.
 */
export function lossDetail(loss: Loss, binding: Verdict | undefined): LossDetail {
  const { reason } = loss;
  if (!isPolicyLoss(reason)) {
    invariant(!isOpenRtbLoss(reason), 'bids of native rounds have no faults of OpenRTB');
    return auctionDetail(loss, reason);
  }
  invariant(binding !== undefined, 'a bid that a policy stopped has the verdict of its rule');
  return { field: binding.field, value: binding.value, limit: binding.limit };
}

function auctionDetail(
  { bid, minimumToWinMicros }: Loss,
  reason: Exclude<LossReason, PolicyLossReason | OpenRtbLossReason>,
): LossDetail {
  switch (reason) {
    case 'INVALID_DEAL':
      return { field: 'deal', value: bid.dealId };
    case 'PRIVATE_AUCTION':
      return { field: 'deal' };
    case 'SEAT_BLOCKED':
      return { field: 'seat', value: bid.seat };
    case 'NOT_ALLOWED_IN_DEAL':
      return { field: 'domains', value: bid.domains };
    case 'UTILITY_ATTRIBUTE_MISSING':
      return { field: 'attributes' };
    case 'RESERVE_NOT_MET':
      return { field: 'price', value: amount(bid.priceMicros) };
    case 'BELOW_FLOOR':
    case 'BELOW_DEAL_FLOOR':
      return { field: 'price', value: amount(bid.priceMicros), limit: amount(bid.floorMicros) };
    case 'OUTBID':
    case 'OUTBID_BY_DEAL': {
      const reach = minimumToWinMicros === undefined ? {} : { limit: amount(minimumToWinMicros) };
      return { field: 'price', value: amount(bid.priceMicros), ...reach };
    }
  }
}

function amount(micros: number): number {
  return Number(microsToDecimal(micros));
}
