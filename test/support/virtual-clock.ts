import type { Clock } from '../../src/base/clock.js';

/** Time that passes when a test says so. */
export class VirtualClock implements Clock {
  #passedMs = 0;

  nowMs(): number {
    return 1_800_000_000_000 + this.#passedMs;
  }

  monotonicMs(): number {
    return this.#passedMs;
  }

  readonly pass = (ms: number): void => {
    this.#passedMs += ms;
  };
}
