import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BatchFailure } from '../engine/ports.js';
import { LATENCY_BUCKETS } from './registry.js';

export interface PoolMetrics {
  batchDecided(waitsMs: readonly number[], decideMs: number): void;
  batchFailed(cause: BatchFailure): void;
}

/** How rounds travel to the workers. `queued` is asked at each scrape. */
export function poolMetrics(registry: Registry, queued: () => number): PoolMetrics {
  const registers = [registry];
  const size = new Histogram({
    name: 'parley_pool_batch_rounds',
    help: 'Rounds that travelled to a worker together',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  });
  const wait = new Histogram({
    name: 'parley_pool_wait_seconds',
    help: 'From the arrival of a round to the departure of its batch',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const decide = new Histogram({
    name: 'parley_pool_decide_seconds',
    help: 'From the departure of a batch to the answer of its worker',
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const failed = new Counter({
    name: 'parley_pool_batches_failed_total',
    help: 'Batches that got no decision, by the step that failed',
    labelNames: ['cause'] as const,
    registers,
  });
  new Gauge({
    name: 'parley_pool_queue_rounds',
    help: 'Rounds waiting for a worker',
    registers,
    collect() {
      this.set(queued());
    },
  });
  return {
    batchDecided: (waitsMs, decideMs) => {
      size.observe(waitsMs.length);
      decide.observe(decideMs / 1000);
      for (const waitMs of waitsMs) wait.observe(waitMs / 1000);
    },
    batchFailed: (cause) => {
      failed.inc({ cause });
    },
  };
}
