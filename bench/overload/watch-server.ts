import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from '../launch-server.js';

export interface ServerReading {
  /** Milliseconds since the epoch, on the clock that the generator names its begin by. */
  readonly atMs: number;
  readonly bytes: number;
  /** CPU that everybody else on the machine has used, the generator included. */
  readonly elsewhereMs: number;
}

const EVERY_MS = 200;

/** Reads memory and CPU of the server while something else goes on; `end` answers all readings. */
export function watchServer(server: RunningServer): {
  readonly end: () => Promise<readonly ServerReading[]>;
} {
  const readings: ServerReading[] = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const { residentBytes, cpuMicros } = await server.read();
      const elsewhereMs = machineBusyMs() - cpuMicros / 1000;
      readings.push({ atMs: performance.timeOrigin + performance.now(), bytes: residentBytes, elsewhereMs });
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

/** Of all cores since the machine started. */
function machineBusyMs(): number {
  return cpus().reduce((total, { times }) => total + times.user + times.nice + times.sys + times.irq, 0);
}
