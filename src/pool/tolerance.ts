/**
 * The part of the longest wait that may be foreseen for work that is let in. An estimate is sometimes short, and a round
 * that is let in and then not decided has cost the most and helped nobody.
 */
const BURST_SHARE = 0.5;
/** The part that may be foreseen under overload: a long queue only delays those who get in, and gets nobody more done. */
const OVERLOAD_SHARE = 0.05;
/** A wait up to this part is that of an engine that keeps up. */
const SHORT_SHARE = 0.02;
/** An engine that keeps up for this part of the longest wait has worked its queue off. */
const CALM_SHARE = 0.2;

/**
 * Tells a burst from overload. A queue may grow; once it has grown as long as it may, more comes than the workers can do,
 * and it is kept short until it has been worked off. Instants are given, none is read.
 *
 *     foreseen wait     ..../\../----\..      bursts and steady callers: let in
 *                       ..../|___________     overload: only a short wait is let in
 */
export class Tolerance {
  readonly #waitMsMax: number;
  #isOverload = false;
  /** When the wait was last not short. */
  #longAtMs = 0;

  constructor(waitMsMax: number) {
    this.#waitMsMax = waitMsMax;
  }

  /** Whether what comes now is to be kept out; asked for everything that comes. */
  isExceeded(nowMs: number, isLongerThan: (waitMs: number) => boolean): boolean {
    if (nowMs - this.#longAtMs > CALM_SHARE * this.#waitMsMax) this.#isOverload = false;
    if (isLongerThan(SHORT_SHARE * this.#waitMsMax)) this.#longAtMs = nowMs;
    if (isLongerThan(BURST_SHARE * this.#waitMsMax)) this.#isOverload = true;
    return this.#isOverload && isLongerThan(OVERLOAD_SHARE * this.#waitMsMax);
  }
}
