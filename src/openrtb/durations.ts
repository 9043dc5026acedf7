import type { AudioOffer } from '../schema/openrtb/bid-request.js';

/** The durations a player takes, in seconds. */
export interface Durations {
  readonly admits: (seconds: number) => boolean;
  /** Undefined when there is no end to it. */
  readonly longest: number | undefined;
}

const EXTENDS_WITHOUT_END = -1;

export function durationsOf(offer: AudioOffer): Durations {
  const exact = offer.rqddurs ?? [];
  const podMax = offer.poddur ?? 0;
  const within = (seconds: number) => podMax === 0 || seconds <= podMax;
  if (exact.length > 0) {
    return { admits: (seconds) => exact.includes(seconds) && within(seconds), longest: Math.max(...exact) };
  }
  const shortest = offer.minduration ?? 0;
  const longest = longestOf(offer);
  return {
    admits: (seconds) =>
      seconds >= shortest && (longest === undefined || seconds <= longest) && within(seconds),
    longest: longest ?? (podMax === 0 ? undefined : podMax),
  };
}

function longestOf({ maxduration, maxextended }: AudioOffer): number | undefined {
  if ((maxduration ?? 0) === 0 || maxextended === EXTENDS_WITHOUT_END) return undefined;
  return maxduration! + (maxextended ?? 0);
}
