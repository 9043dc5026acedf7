import type { Bid } from '../../auction/model.js';
import { microsToDecimal } from '../../base/money.js';

/** Micros as JSON shows them; differences may be negative. */
export function amountOf(micros: number): number {
  return micros < 0 ? -Number(microsToDecimal(-micros)) : Number(microsToDecimal(micros));
}

/** Weights of slots are millionths, as amounts are. */
export function millionthsOf(weight: number): number {
  return amountOf(weight);
}

export function offerOf({ id, seat, priceMicros }: Bid) {
  return { bid: id, seat, price: amountOf(priceMicros) };
}
