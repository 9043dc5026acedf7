/**
 * The part of the longest wait that may be foreseen for work that comes in a burst. An estimate is sometimes short, and
 * a round that is let in and then not decided has cost the most and helped nobody.
 */
const BURST_SHARE = 0.5;
/** The part that may be foreseen behind a queue that stands: it only delays those who get in, and gets nobody more done. */
const STANDING_SHARE = 0.12;
/** A wait up to this part is that of an engine that keeps up. */
const SHORT_SHARE = 0.02;
/** An engine that keeps up for this part of the longest wait has worked its queue off. */
const CALM_SHARE = 0.2;

/**
 * Tells a burst from overload. A queue that began to grow not long ago is a burst, and is let grow; one that has not been
 * worked off for as long as anybody may wait stands, and is kept short. Instants are given, none is read.
 *
 *     foreseen wait     ..../\......      a burst: let in, and worked off
 *                       ..../---__--      stands: after a while only a short wait is let in
 */
export class Tolerance {
  readonly #waitMsMax: number;
  /** When the queue began to grow, and when it was last long; both undefined while it is worked off. */
  #grewAtMs: number | undefined;
  #longAtMs = 0;

  constructor(waitMsMax: number) {
    this.#waitMsMax = waitMsMax;
  }

  /** Whether what comes now is to be kept out; asked for everything that comes. */
  isExceeded(nowMs: number, isLongerThan: (waitMs: number) => boolean): boolean {
    this.#observe(nowMs, isLongerThan(SHORT_SHARE * this.#waitMsMax));
    const stands = this.#grewAtMs !== undefined && nowMs - this.#grewAtMs > this.#waitMsMax;
    return isLongerThan((stands ? STANDING_SHARE : BURST_SHARE) * this.#waitMsMax);
  }

  #observe(nowMs: number, isLong: boolean): void {
    const isCalm = nowMs - this.#longAtMs > CALM_SHARE * this.#waitMsMax;
    if (isCalm) this.#grewAtMs = undefined;
    if (!isLong) return;
    this.#grewAtMs ??= nowMs;
    this.#longAtMs = nowMs;
  }
}
