import { fileURLToPath } from 'node:url';
import { FixedQueue, Piscina } from 'piscina';
import { invariant } from '../base/assert.js';
import type { Clock } from '../base/clock.js';
import type { DecidedBatch, Journal, Pool, RoundBatch } from '../engine/ports.js';
import { unpackReply } from '../rounds/batch/batch-reply.js';
import { packRequest } from '../rounds/batch/batch-request.js';
import type { BatchTask } from '../rounds/batch/clear-batch.js';
import type { ClearingOptions } from '../rounds/clear-round.js';
import { guardAgainstHanging } from './hang-guard.js';

/** The worker as it is built, beside this file's own build. */
const ROUND_WORKER = new URL('../../workers/rounds.js', import.meta.url);

export interface WorkerPoolOptions {
  readonly threads: number;
  /** A batch that takes longer than this is given up and its worker replaced. */
  readonly hangMs: number;
  /** What each worker is given at its start. */
  readonly clearing: ClearingOptions;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly worker?: URL;
}

/** Piscina as the engine uses it: one batch at a time on each thread, nothing queued behind it. */
export class WorkerPool implements Pool {
  readonly #piscina: Piscina<BatchTask, ArrayBuffer>;
  readonly #options: WorkerPoolOptions;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#piscina = new Piscina({
      filename: fileURLToPath(options.worker ?? ROUND_WORKER),
      workerData: options.clearing,
      // Piscina would load the worker with require(); a thread stopped in the middle of that can abort the process.
      execArgv: ['--no-experimental-require-module'],
      minThreads: options.threads,
      maxThreads: options.threads,
      // Room for one batch a thread while a worker that failed is being replaced.
      maxQueue: options.threads,
      taskQueue: new FixedQueue(),
      recordTiming: false,
    });
    // A worker that breaks outside a batch, say while it starts, must not take the process along.
    this.#piscina.on('error', (error: unknown) => {
      options.journal.fault('a worker broke outside a batch', error);
    });
  }

  /** Resolves when every thread has answered an empty batch. */
  async warm(): Promise<void> {
    const empty = { rounds: [], atMs: 0, idPrefix: 'warm' };
    await Promise.all(Array.from({ length: this.#options.threads }, () => this.decide(empty)));
  }

  async decide({ rounds, atMs, idPrefix }: RoundBatch): Promise<DecidedBatch> {
    const packet = packRequest(rounds);
    const { begun, signal, release } = guardAgainstHanging(this.#options.hangMs, this.#options.clock);
    try {
      const task = { packet, atMs, idPrefix, begun };
      const decided = unpackReply(await this.#piscina.run(task, { transferList: [packet], signal }));
      invariant(decided.rounds.length === rounds.length, 'a worker answers every round of its batch');
      return decided;
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    await this.#piscina.destroy();
  }
}
