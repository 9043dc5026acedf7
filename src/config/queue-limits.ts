import type { Config } from './read-config.js';

/** Batches of streams under way for each worker: one that it clears, and one that waits or is written. */
const LANE_BATCHES_PER_WORKER = 2;

/** Never more than half the queue: the lines of streams must neither shut out rounds that come alone nor let them wait long. */
export function laneLimits(config: Config, threads: number) {
  const batches = LANE_BATCHES_PER_WORKER * threads;
  const rounds = Math.min(batches * config.PARLEY_BATCH_ROUNDS_MAX, Math.floor(config.PARLEY_QUEUE_MAX / 2));
  return { rounds: Math.max(1, rounds), bytes: batches * config.PARLEY_BATCH_BYTES_MAX };
}

export function batcherLimits(config: Config, threads: number) {
  return {
    batchesMax: threads,
    roundsPerBatchMax: config.PARLEY_BATCH_ROUNDS_MAX,
    bytesPerBatchMax: config.PARLEY_BATCH_BYTES_MAX,
    queueMax: config.PARLEY_QUEUE_MAX,
  };
}
