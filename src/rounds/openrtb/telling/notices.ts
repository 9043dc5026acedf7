import { LOSSES } from '../../../base/loss-reasons.js';
import { toMicros } from '../../../base/money.js';
import type { Award, Loss } from '../../../auction/model.js';
import { convertUp, inverse } from '../../../openrtb/exchange-rates.js';
import { fillMacros, type Notice } from '../../../openrtb/macros.js';
import type { BidRequest } from '../../../schema/openrtb/bid-request.js';
import { TEXT_LENGTH_MAX } from '../../../schema/openrtb/shapes.js';
import type { PlacedBid } from '../reading/placed-bid.js';
import type { UnreadableBid } from '../reading/sent-bids.js';

const WON = 0;

/** What a winner is told. */
export function winnersNotice(request: BidRequest, placed: PlacedBid, award: Award): Notice {
  const { priceMicros, minimumToWinMicros } = award;
  return {
    ...noticeTo(request, placed),
    clearingMicros: inBidCurrency(priceMicros, placed),
    lossCode: WON,
    minimumMicros: inBidCurrency(minimumToWinMicros, placed),
  };
}

/** What a loser is told: not what somebody else paid. */
export function losersNotice(request: BidRequest, placed: PlacedBid, loss: Loss): Notice {
  const { reason, minimumToWinMicros: minimum } = loss;
  return {
    ...noticeTo(request, placed),
    lossCode: LOSSES[reason].code,
    minimumMicros: minimum === undefined ? undefined : inBidCurrency(minimum, placed),
  };
}

/** What the sender of something unreadable is told, as far as it says who it is. */
export function unreadableNotice(request: BidRequest, { sent, reason, ...sender }: UnreadableBid): Notice {
  return {
    requestId: request.id,
    responseBidId: sender.responseBidId,
    impressionId: textOf(sent['impid']),
    seat: sender.seat,
    adId: textOf(sent['adid']),
    currency: sender.currency,
    clearingMicros: undefined,
    bidMicros: undefined,
    lossCode: LOSSES[reason].code,
    minimumMicros: undefined,
    multiplier: undefined,
  };
}

/** Fills a notice or markup; what is no text stays as it is. */
export function fillText(sent: unknown, notice: Notice, request: BidRequest): unknown {
  if (typeof sent !== 'string') return sent;
  return fillMacros(sent, notice, request.ext?.parley?.audit === true ? 'AUDIT' : '');
}

function noticeTo(request: BidRequest, { sent, placing }: PlacedBid): Notice {
  return {
    requestId: request.id,
    responseBidId: sent.responseBidId,
    impressionId: sent.bid.impid,
    seat: sent.seat,
    adId: textOf(sent.bid.adid),
    currency: sent.currency,
    clearingMicros: undefined,
    bidMicros: toMicros(sent.bid.price),
    lossCode: WON,
    minimumMicros: undefined,
    multiplier: multiplierOf(placing.place.impression.qty),
  };
}

/** Rounded up, so that whoever bids this much reaches the amount; a clearing price still does not pass the bid. */
function inBidCurrency(micros: number, { placing }: PlacedBid): number {
  return convertUp(micros, inverse(placing.ratio));
}

function multiplierOf(qty: unknown): number | undefined {
  if (typeof qty !== 'object' || qty === null || !('multiplier' in qty)) return undefined;
  return typeof qty.multiplier === 'number' ? qty.multiplier : undefined;
}

/** What is longer than any id is not one. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= TEXT_LENGTH_MAX ? value : undefined;
}
