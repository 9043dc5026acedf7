import type { AudioOffer } from '../schema/openrtb/bid-request.js';
import { SECONDS_MAX } from '../schema/openrtb/shapes.js';

/** The durations that are taken, in seconds. */
export interface Durations {
  readonly admits: (seconds: number) => boolean;
  /** Where they begin and end; where only certain ones are taken, all of them. */
  readonly edges: readonly number[];
}

const EXTENDS_WITHOUT_END = -1;

/** Where nobody asks for a duration. */
export const ANY_DURATION: Durations = { admits: () => true, edges: [1, SECONDS_MAX] };

export function durationsOf(offer: AudioOffer): Durations {
  const podMax = offer.poddur === 0 ? SECONDS_MAX : (offer.poddur ?? SECONDS_MAX);
  const exact = offer.rqddurs ?? [];
  if (exact.length > 0) {
    const taken = new Set(exact.filter((seconds) => seconds <= podMax));
    return { admits: (seconds) => taken.has(seconds), edges: [...taken] };
  }
  const shortest = offer.minduration ?? 0;
  const longest = Math.min(longestOf(offer), podMax);
  return {
    admits: (seconds) => shortest <= seconds && seconds <= longest,
    edges: [shortest, longest],
  };
}

function longestOf({ maxduration, maxextended }: AudioOffer): number {
  if ((maxduration ?? 0) === 0 || maxextended === EXTENDS_WITHOUT_END) return SECONDS_MAX;
  return Math.min(maxduration! + (maxextended ?? 0), SECONDS_MAX);
}
