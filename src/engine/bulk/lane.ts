/**
 * The part of the engine's queue that streams may use, all together: enough to keep the workers busy, and no more, so
 * that rounds that come alone still get in. Whoever waits is let in in the order of coming, one line at a time: streams
 * take turns.
 */
export class Lane {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(roundsMax: number) {
    this.#free = roundsMax;
  }

  /** Whether the caller is in. It is let out by `leave`. */
  enter(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /** Resolves when the caller, who did not get in at once, is in. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Whoever waits longest takes the place over, so nobody who comes later can. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
