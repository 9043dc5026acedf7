import type { LossReason } from '../../src/base/loss-reasons.js';
import type { Entry, NaiveAuction, NaiveBid, NaiveResponse } from './naive-auction.js';
import { hasRate } from './naive-rates.js';

/** Every bid of every response, and why it may not even be put on its impression. */
export function enterAll(auction: NaiveAuction): Entry[] {
  return auction.responses.flatMap((response, index) =>
    response.seatbid.flatMap((seatbid) => seatbid.bid.map((bid) => enter(auction, index, seatbid, bid))),
  );
}

type SeatBid = NaiveResponse['seatbid'][number];

function enter(auction: NaiveAuction, index: number, seatbid: SeatBid, bid: NaiveBid): Entry {
  const response = auction.responses[index]!;
  const reason =
    whyUnreadable(auction, response, seatbid, bid) ?? whyNoCurrency(auction, response.cur ?? 'USD');
  return {
    response: index,
    bidid: response.bidid,
    currency: response.cur ?? 'USD',
    seat: seatbid.seat,
    bid,
    impression: auction.request.imp.find(({ id }) => id === bid.impid),
    reason,
    isPlaced: reason === undefined,
    priceMicros: 0n,
    floorMicros: 0n,
    minimumMicros: undefined,
  };
}

function whyUnreadable(
  { request }: NaiveAuction,
  response: NaiveResponse,
  seatbid: SeatBid,
  bid: NaiveBid,
): LossReason | undefined {
  if (response.id !== request.id) return 'INVALID_AUCTION_ID';
  if ((bid.price as unknown) === null) return 'PRICE_MISSING';
  if (typeof bid.price !== 'number' || bid.price < 0) return 'INVALID_BID';
  if (!request.imp.some(({ id }) => id === bid.impid)) return 'INVALID_BID';
  if (timesUsed(response, seatbid.seat, bid.id) > 1) return 'INVALID_BID';
  const impressions = new Set(seatbid.bid.map(({ impid }) => impid));
  return seatbid.group === 1 && impressions.size > 1 ? 'INVALID_BID' : undefined;
}

function whyNoCurrency({ request, options }: NaiveAuction, currency: string): LossReason | undefined {
  const { cur = [] } = request;
  if (cur.length > 0 && !cur.includes(currency)) return 'CURRENCY_NOT_ALLOWED';
  if (currency === (cur[0] ?? 'USD')) return undefined;
  return hasRate(options.rates, currency) ? undefined : 'EXCHANGE_RATE_MISSING';
}

function timesUsed({ seatbid }: NaiveResponse, seat: string | undefined, id: string): number {
  const ofSeat = seatbid.filter((each) => each.seat === seat).flatMap((each) => each.bid);
  return ofSeat.filter((each) => each.id === id).length;
}
