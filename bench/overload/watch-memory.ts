import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from '../launch-server.js';

export interface MemoryReading {
  /** Milliseconds since the epoch, on the clock that the generator names its begin by. */
  readonly atMs: number;
  readonly bytes: number;
}

const EVERY_MS = 200;

/** Reads the resident memory of the server while something else goes on; `end` answers all readings. */
export function watchMemory(server: RunningServer): {
  readonly end: () => Promise<readonly MemoryReading[]>;
} {
  const readings: MemoryReading[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const { residentBytes } = await server.read();
      readings.push({ atMs: performance.timeOrigin + performance.now(), bytes: residentBytes });
      await delay(EVERY_MS);
    }
  })();
  // A server that ends fails the run elsewhere, too; here it must not be an unhandled failure.
  watching.catch(() => undefined);
  return {
    end: async () => {
      over.abort();
      await watching;
      return readings;
    },
  };
}
