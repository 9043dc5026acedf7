import type { AudioOffer } from '../schema/openrtb/bid-request.js';

/** The durations a player takes, in seconds. */
export interface Durations {
  readonly admits: (seconds: number) => boolean;
  /** Undefined when there is no end to it. */
  readonly longest: number | undefined;
}

const EXTENDS_WITHOUT_END = -1;

export function durationsOf(offer: AudioOffer): Durations {
  const podMax = offer.poddur === 0 ? undefined : (offer.poddur ?? undefined);
  const exact = (offer.rqddurs ?? []).filter((seconds) => podMax === undefined || seconds <= podMax);
  if ((offer.rqddurs ?? []).length > 0) {
    return { admits: (seconds) => exact.includes(seconds), longest: Math.max(0, ...exact) };
  }
  const shortest = offer.minduration ?? 0;
  const longest = shorterOf(longestOf(offer), podMax);
  return {
    admits: (seconds) => seconds >= shortest && (longest === undefined || seconds <= longest),
    longest,
  };
}

function longestOf({ maxduration, maxextended }: AudioOffer): number | undefined {
  if ((maxduration ?? 0) === 0 || maxextended === EXTENDS_WITHOUT_END) return undefined;
  return maxduration! + (maxextended ?? 0);
}

function shorterOf(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
