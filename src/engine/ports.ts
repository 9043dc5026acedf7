import type { BatchTrail, WorkerRound } from '../rounds/batch/batch-reply.js';
import type { PendingRound } from '../rounds/batch/batch-request.js';

/** What the stories need from the world. Each port has an adapter; app.ts chooses it. What nodes share is in ledger-port.ts. */

/** Worker threads that decide batches of rounds. */
export interface Pool {
  /** @throws when the worker failed, exited or hung: nothing of the batch was decided. */
  decide(batch: RoundBatch): Promise<DecidedBatch>;
}

export interface RoundBatch {
  readonly rounds: readonly PendingRound[];
  readonly atMs: number;
  readonly idPrefix: string;
}

export interface DecidedBatch {
  /** One for each round of the batch, in its order. */
  readonly rounds: readonly WorkerRound[];
  /** Undefined when nothing of the batch is to be recorded. */
  readonly trail: BatchTrail | undefined;
}

/** Counts and times what the stories do. */
export interface Meter {
  batchDecided(waitsMs: readonly number[], decideMs: number): void;
  /** Called when the records stand, so that counts and trail agree. */
  roundsAnswered(rounds: readonly WorkerRound[]): void;
  batchFailed(cause: BatchFailure): void;
  ledgerAppended(appendMs: number): void;
}

export const BATCH_FAILURES = ['worker', 'ledger'] as const;
export type BatchFailure = (typeof BATCH_FAILURES)[number];

/** Where faults of the engine itself are told. */
export interface Journal {
  fault(message: string, cause: unknown): void;
}

/** Where the operator is told what is no fault. */
export interface Notices {
  notice(message: string): void;
}
