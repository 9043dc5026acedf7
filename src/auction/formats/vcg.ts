import { divideRoundingUp } from '../../base/money.js';
import type { Format, Sale } from './format.js';

/** Vickrey-Clarke-Groves: each winner pays, per unit of its weight, what its presence costs the bids below it. */
export const vcg = {
  name: 'vcg',
  sells: 'slots',
  takesDeals: false,
  takesProfiles: false,
  pricedByFloor: false,
  priceMicros: harmPerWeight,
} as const satisfies Format;

/**
 * sum over j >= i of (w_j - w_j+1) * max(floor, b_j+1), divided by w_i. BigInt, because a price in micros times a
 * weight in millionths leaves the range where doubles count exactly.
 */
function harmPerWeight({ ranked, place, slotWeights, floorMicros }: Sale): number {
  let harm = 0n;
  for (let slot = place; slot < slotWeights.length; slot++) {
    const weightLost = slotWeights[slot]! - (slotWeights[slot + 1] ?? 0);
    const displaced = Math.max(floorMicros, ranked[slot + 1]?.priceMicros ?? 0);
    harm += BigInt(weightLost) * BigInt(displaced);
  }
  return Number(divideRoundingUp(harm, BigInt(slotWeights[place]!)));
}
