import type { BidRequest, DealRequest, LotRequest } from '../../schema/round.js';
import type { DecidedRound } from './clearing.js';

/** The parts of a request that an answer names. */

export function bidOf(id: string, { request }: DecidedRound): BidRequest {
  return request.bids.find((bid) => bid.id === id)!;
}

export function lotOf({ lot }: { readonly lot: string }, { request }: DecidedRound): LotRequest {
  return request.lots.find(({ id }) => id === lot)!;
}

export function dealOf(bid: BidRequest, round: DecidedRound): DealRequest | undefined {
  return lotOf(bid, round).deals?.find(({ id }) => id === bid.deal);
}
