import type { Clock } from '../base/clock.js';

/** A worker that has to be started first gets this long before its batch is given up. */
const START_MS_MAX = 10_000;

export interface HangGuard {
  /** Where the worker writes the instant it begins, in nanoseconds of the monotonic clock; 0 until then. */
  readonly begun: BigInt64Array;
  /** Aborts when the batch has taken too long. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/**
 * Watches one batch. The bound counts from the moment its worker begins, because a batch may have to wait for the
 * replacement of a worker that failed.
 */
export function guardAgainstHanging(hangMs: number, clock: Clock): HangGuard {
  const begun = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
  const abort = new AbortController();
  const sentAtMs = clock.monotonicMs();
  const check = (): void => {
    const begunAtNs = Atomics.load(begun, 0);
    const leftMs =
      begunAtNs === 0n
        ? sentAtMs + START_MS_MAX - clock.monotonicMs()
        : Number(begunAtNs) / 1e6 + hangMs - clock.monotonicMs();
    if (leftMs <= 0) abort.abort();
    else timer = setTimeout(check, Math.min(leftMs, hangMs));
  };
  let timer = setTimeout(check, hangMs);
  return {
    begun,
    signal: abort.signal,
    release: () => {
      clearTimeout(timer);
    },
  };
}
