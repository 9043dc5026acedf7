/** What is known about a key that somebody holds. What need not be known to go on is false. */
export interface Sight {
  /** Whether the key came with the same request before. */
  readonly isSameRequest: boolean;
  /** Whether an answer stands with the holder. */
  readonly isAnswered: boolean;
  /** Whether this node is the holder; then nothing is under way for the key but what asks. */
  readonly isHere: boolean;
  /** Here: a block that may have the answer is not known to stand. */
  readonly isInDoubt: boolean;
  /** Elsewhere. */
  readonly isAlive: boolean;
  /** Elsewhere: fenced before the answer was looked for, so that none can come any more. */
  readonly isFenced: boolean;
}

export type Step = 'mismatch' | 'replay' | 'decide' | 'leave-open' | 'in-flight' | 'fence' | 'take-over';

/**
 * How a key is settled that somebody holds:
 *
 *     another request      mismatch
 *     an answer stands     replay
 *     held here            a block is in doubt   leave open: whoever asks later finds out
 *                          else                  nothing was decided: decide
 *     held elsewhere       alive                 in flight
 *                          not alive             fence, and look again
 *                          fenced                nothing was decided, and nothing can be: take over
 */
export function nextStep(sight: Sight): Step {
  if (!sight.isSameRequest) return 'mismatch';
  if (sight.isAnswered) return 'replay';
  if (sight.isHere) return sight.isInDoubt ? 'leave-open' : 'decide';
  if (sight.isFenced) return 'take-over';
  return sight.isAlive ? 'in-flight' : 'fence';
}
