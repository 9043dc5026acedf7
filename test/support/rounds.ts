import type { RoundRequest } from '../../src/schema/round.js';

export type LotRequest = RoundRequest['lots'][number];
export type BidRequest = RoundRequest['bids'][number];

export function lot(id: string, more: Partial<LotRequest> = {}): LotRequest {
  return { id, ...more };
}

export function bid(id: string, price: number, more: Partial<BidRequest> = {}): BidRequest {
  return { id, seat: `seat-${id}`, lot: 'homepage', price, ...more };
}

/** A round that clears: b1 wins against b2, b3 stays under the floor. */
export function goodRound(more: Partial<RoundRequest> = {}): RoundRequest {
  return {
    id: 'round-1',
    format: 'second-price',
    currency: 'USD',
    lots: [lot('homepage', { floor: 0.85 })],
    bids: [bid('b1', 1), bid('b2', 0.9), bid('b3', 0.8)],
    ...more,
  };
}

/** Bids of one seat and one price on the lot of the good round. */
export function manyBids(count: number): BidRequest[] {
  return Array.from({ length: count }, (_, at) => ({ id: `b${at}`, seat: 's', lot: 'homepage', price: 1 }));
}

export function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

export const GOOD_BYTES = bytesOf(goodRound());
