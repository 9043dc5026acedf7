/**
 * The part of the longest wait that may be foreseen for work that comes in a burst. An estimate is sometimes short, and
 * a round that is let in and then not decided has cost the most and helped nobody.
 */
const BURST_SHARE = 0.5;
/** The part that may be foreseen behind a queue that stands: it only delays those who get in, and gets nobody more done. */
const STANDING_SHARE = 0.08;
/** A wait up to this part is that of an engine that keeps up. */
const SHORT_SHARE = 0.02;

/**
 * Tells a burst from overload. A queue that was short not long ago is a burst, and is let grow; one that has not been
 * short for as long as anybody may wait stands, and is kept short. Instants are given, none is read.
 *
 *     foreseen wait     ......../\......          a burst: let in, and worked off
 *                       ......../--------          stands: after a while only a short wait is let in
 */
export class Tolerance {
  readonly #waitMsMax: number;
  #shortAtMs = -Infinity;

  constructor(waitMsMax: number) {
    this.#waitMsMax = waitMsMax;
  }

  /** Whether what comes now is to be kept out; asked for everything that comes. */
  isExceeded(nowMs: number, isLongerThan: (waitMs: number) => boolean): boolean {
    if (!isLongerThan(SHORT_SHARE * this.#waitMsMax)) this.#shortAtMs = nowMs;
    const stands = nowMs - this.#shortAtMs > this.#waitMsMax;
    return isLongerThan((stands ? STANDING_SHARE : BURST_SHARE) * this.#waitMsMax);
  }
}
