import { move, workerData } from 'piscina';
import { type BatchTask, clearBatch } from '../src/rounds/clear-batch.js';
import { type ClearingOptions, RoundClearer } from '../src/rounds/clear-round.js';
import type { Retention } from '../src/trail/retention.js';

/** What a worker is given once, at its start. */
export interface RoundWorkerSettings {
  readonly clearing: ClearingOptions;
  readonly retention: Retention;
}

const { clearing, retention } = workerData as RoundWorkerSettings;
const clearer = new RoundClearer(clearing);

/** Bytes in, bytes out. Synchronous: between two batches Piscina parks the thread, and nothing else would run. */
export default function clearRounds(task: BatchTask): unknown {
  return move(clearBatch(task, clearer, retention, monotonicMs));
}

/** The same clock on every thread, so that waiting times can be taken across them. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
