export interface LaneLimits {
  readonly rounds: number;
  /** A larger single line still goes through, alone. */
  readonly bytes: number;
}

interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * The part of the engine's queue that streams may use, all together: enough to keep the workers busy, and no more, so
 * that rounds that come alone still get in, and soon. Whoever waits is let in in the order of coming, one line at a time:
 * streams take turns.
 */
export class Lane {
  readonly #limits: LaneLimits;
  readonly #waiting: Waiting[] = [];
  #rounds = 0;
  #bytes = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** Whether the caller is in. It is let out by `leave`. */
  enter(bytes: number): boolean {
    if (this.#waiting.length > 0 || !this.#hasRoomFor(bytes)) return false;
    this.#admit(bytes);
    return true;
  }

  /** Resolves when the caller, who did not get in at once, is in. */
  turn(bytes: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ bytes, enter: resolve });
    });
  }

  /** Whoever waits longest is first, so nobody who comes later can overtake. */
  leave(bytes: number): void {
    this.#rounds--;
    this.#bytes -= bytes;
    for (
      let next = this.#waiting[0];
      next !== undefined && this.#hasRoomFor(next.bytes);
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#admit(next.bytes);
      next.enter();
    }
  }

  #hasRoomFor(bytes: number): boolean {
    const { rounds, bytes: bytesMax } = this.#limits;
    return this.#rounds === 0 || (this.#rounds < rounds && this.#bytes + bytes <= bytesMax);
  }

  #admit(bytes: number): void {
    this.#rounds++;
    this.#bytes += bytes;
  }
}
