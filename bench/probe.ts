import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** What a server has used since it started. The difference of two readings is what a turn cost. */
export interface Reading {
  /** Of the whole process, every thread included. */
  readonly cpuMicros: number;
  /** Of the main thread. */
  readonly activeMs: number;
  readonly idleMs: number;
  /** Memory of the process that is in use and not swapped out. */
  readonly residentBytes: number;
}

/**
 * Loaded into each measured server before its own code: answers every message with a reading. Worker threads load it
 * too and have nobody to answer.
 */
if (isMainThread && process.send !== undefined) {
  process.on('message', () => process.send?.(takeReading()));
  // The channel alone must not keep a server alive that was told to stop, nor a server outlive its runner.
  process.channel?.unref();
  process.once('disconnect', () => process.exit(1));
}

function takeReading(): Reading {
  const { user, system } = process.cpuUsage();
  const { active, idle } = performance.eventLoopUtilization();
  return {
    cpuMicros: user + system,
    activeMs: active,
    idleMs: idle,
    residentBytes: process.memoryUsage.rss(),
  };
}
