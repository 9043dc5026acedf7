import type { BatchTrail, WorkerRound } from '../rounds/batch/batch-reply.js';
import type { PendingRound } from '../rounds/batch/batch-request.js';
import type { RecordAddress } from '../base/ids.js';
import type { Publication } from '../schema/catalogue.js';
import type { KeptRetention } from '../trail/retention.js';

/** What the stories need from the world. Each port has an adapter; app.ts chooses it. */

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

/** Keeps the log of every node. Memory and Redis pass one conformance suite. */
export interface Ledger {
  /**
   * Appends only if the last checkpoint of the node is `expected` (undefined: the log is empty). The same block
   * again is success; anything else answers what is stored instead.
   * @throws when the ledger cannot be reached.
   */
  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult>;
  /** Undefined when the block was never written or has been trimmed. */
  readBlock(node: string, number: number): Promise<StoredBlock | undefined>;
  readRecord(address: RecordAddress): Promise<Buffer | undefined>;
  /**
   * Adds the next version of a policy or profile. The same document as the newest version of the name is that version
   * again; `expected`, where given, has to be the newest version (0: there is none).
   * @throws when the ledger cannot be reached.
   */
  publish(draft: Draft, expected: number | undefined): Promise<PublishResult>;
  /** Every publication behind the first `after` ones, in the order they were taken in. */
  readPublications(after: number): Promise<readonly Publication[]>;
}

/** A document that wants to become the next version of its name. */
export type Draft = Omit<Publication, 'version'>;

export type PublishResult =
  | { readonly version: number; readonly isNew: boolean }
  | { readonly stale: { readonly newest: number } }
  | { readonly full: true };

export type AppendResult =
  { readonly appended: true } | { readonly appended: false; readonly stored: string | undefined };

export interface StoredBlock {
  readonly node: string;
  readonly number: number;
  /** Canonical JSON. */
  readonly header: string;
  /** Signed note. */
  readonly checkpoint: string;
  readonly retention: KeptRetention;
  readonly body: Buffer;
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
