import type { WireBid } from '../schema/openrtb/bid-response.js';
import type { DurationFloor } from './floor-guidance.js';
import type { Offer } from './offers.js';

/**
 * The floor of a bid outside deals: that of the offer where it says one for the duration, else that of the impression.
 * A bid that could fit several offers has the highest of their floors, so that it pays nothing to leave open which.
 */
export function floorOnOffers(offers: readonly Offer[], bid: WireBid, impressionMicros: number): number {
  if (offers.length === 0) return impressionMicros;
  return Math.max(...offers.map(({ floor }) => floorByDuration(floor, bid) ?? impressionMicros));
}

/** The floor of a bid for a deal. Durations count only where the bid may be for video or audio. */
export function floorOfDeal(
  byDuration: DurationFloor | undefined,
  offers: readonly Offer[],
  bid: WireBid,
  dealMicros: number,
): number {
  const isTimed = offers.length === 0 || offers.some(({ durations }) => durations !== undefined);
  return (isTimed ? floorByDuration(byDuration, bid) : undefined) ?? dealMicros;
}

function floorByDuration(floor: DurationFloor | undefined, { dur }: WireBid): number | undefined {
  const seconds = dur ?? 0;
  return seconds === 0 ? floor?.highestMicros() : floor?.ofMicros(seconds);
}
