import { move, workerData } from 'piscina';
import { type BatchTask, clearBatch } from '../src/rounds/batch/clear-batch.js';
import { type ClearingOptions, RoundClearer } from '../src/rounds/clear-round.js';

/** Each worker is given the options of clearing once, at its start. */
const clearer = new RoundClearer(workerData as ClearingOptions);

/** Bytes in, bytes out. Synchronous: between two batches Piscina parks the thread, and nothing else would run. */
export default function clearRounds(task: BatchTask): unknown {
  Atomics.store(task.begun, 0, process.hrtime.bigint());
  return move(clearBatch(task, clearer, monotonicMs));
}

/** The same clock on every thread, so that waiting times can be taken across them. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
