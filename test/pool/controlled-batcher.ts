import { Batcher, type BatcherLimits } from '../../src/pool/batcher.js';

export interface Job {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly isPatient?: boolean;
}

/** A batch that was sent. The test ends it when it likes. */
export interface SentBatch {
  readonly jobs: readonly Job[];
  fate: 'under way' | 'succeeded' | 'failed';
  readonly succeed: () => void;
  readonly fail: () => void;
}

/** What a job is answered that waited too long. */
export const EXPIRED = -1;

/**
 * A batcher whose batches end, and whose time passes, when the test says so; each job is answered with its own
 * number.
 */
export function controlledBatcher(limits: BatcherLimits, waitMsMax = 1000) {
  const sent: SentBatch[] = [];
  const run = (jobs: readonly Job[]): Promise<number[]> =>
    new Promise((resolve, reject) => {
      const batch: SentBatch = {
        jobs,
        fate: 'under way',
        succeed: () => {
          batch.fate = 'succeeded';
          resolve(numbersOf(jobs));
        },
        fail: () => {
          batch.fate = 'failed';
          reject(new Error('the batch failed'));
        },
      };
      sent.push(batch);
    });
  const underWay = () => sent.filter(({ fate }) => fate === 'under way');
  const clock = { nowMs: 0 };
  const patience = { waitMsMax, monotonicMs: () => clock.nowMs, expire: () => EXPIRED };
  return { batcher: new Batcher<Job, number>(limits, run, patience), sent, underWay, clock };
}

export function job(number: number, size = 1): Job {
  return { number, bytes: new Uint8Array(size) };
}

export function numbersOf(jobs: readonly Job[]): number[] {
  return jobs.map(({ number }) => number);
}

/** Until everything that this turn of the event loop planned has happened. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
