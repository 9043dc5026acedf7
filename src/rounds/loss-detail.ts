import { floorOf } from '../auction/floors.js';
import type { Loss, Lot } from '../auction/model.js';
import { microsToDecimal } from '../base/money.js';
import type { LossDetail } from '../schema/answer.js';

/** Which field of the bid decided, what it said, and what it would have had to reach. */
export function lossDetail({ bid, reason, minimumToWinMicros }: Loss, lot: Lot): LossDetail {
  switch (reason) {
    case 'INVALID_DEAL':
      return { field: 'deal', value: bid.dealId };
    case 'PRIVATE_AUCTION':
      return { field: 'deal' };
    case 'SEAT_BLOCKED':
      return { field: 'seat', value: bid.seat };
    case 'NOT_ALLOWED_IN_DEAL':
      return { field: 'domains', value: bid.domains };
    case 'RESERVE_NOT_MET':
      return { field: 'price', value: amount(bid.priceMicros) };
    case 'BELOW_FLOOR':
    case 'BELOW_DEAL_FLOOR':
      return { field: 'price', value: amount(bid.priceMicros), limit: amount(floorOf(bid, lot)) };
    case 'OUTBID':
    case 'OUTBID_BY_DEAL':
      return { field: 'price', value: amount(bid.priceMicros), limit: amount(minimumToWinMicros ?? 0) };
  }
}

function amount(micros: number): number {
  return Number(microsToDecimal(micros));
}
