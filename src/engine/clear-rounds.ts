import type { Clock } from '../base/clock.js';
import { type ErrorCode, type Refusal, refuse } from '../base/errors.js';
import { formatRecordId } from '../base/ids.js';
import type { BatchTrail, WorkerRound } from '../rounds/batch-reply.js';
import type { PendingRound } from '../rounds/batch-request.js';
import type { NodeLog } from './node-log.js';
import type { BatchFailure, DecidedBatch, Journal, Meter, Pool } from './ports.js';

/** What the door answers: a body and the id of its record, or a refusal. */
export type RoundReply =
  { readonly answer: Buffer; readonly recordId: string | undefined } | { readonly refusal: Refusal };

export interface RoundPorts {
  readonly node: string;
  readonly pool: Pool;
  /** Undefined when no records are kept. */
  readonly log: NodeLog | undefined;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly journal: Journal;
}

export type ClearRounds = (rounds: readonly PendingRound[]) => Promise<readonly RoundReply[]>;

/** The story of sealed rounds, a batch at a time: decide on a worker, write the records, then answer. */
export function clearRoundsWith(ports: RoundPorts): ClearRounds {
  let batches = 0;
  return async (rounds) => {
    const atMs = ports.clock.nowMs();
    const idPrefix = `${ports.node}-r${batches++}`;
    const decided = await attempt(ports, 'worker', () => decide(ports, { rounds, atMs, idPrefix }));
    if (decided === undefined) return refuseAll(rounds, 'WORKER_FAILED');
    const block = await attempt(ports, 'ledger', () => record(ports, decided, atMs));
    if (block === undefined) return refuseAll(rounds, 'LEDGER_UNAVAILABLE');
    return replies(ports, decided.rounds, block);
  };
}

async function decide(
  { pool, clock, meter }: RoundPorts,
  batch: Parameters<Pool['decide']>[0],
): Promise<DecidedBatch> {
  const startedMs = clock.monotonicMs();
  const waitsMs = batch.rounds.map(({ arrivedMs }) => startedMs - arrivedMs);
  const decided = await pool.decide(batch);
  meter.batchDecided(decided.rounds, waitsMs, clock.monotonicMs() - startedMs);
  return decided;
}

/** The number of the block the batch stands in, or NO_BLOCK when it leaves no record. */
async function record(
  { log, clock, meter }: RoundPorts,
  { rounds, trail }: DecidedBatch,
  atMs: number,
): Promise<number> {
  if (log === undefined || trail === undefined) return NO_BLOCK;
  const startedMs = clock.monotonicMs();
  const number = await log.append(blockContent(rounds, trail, atMs), ownCopy(trail.body));
  meter.ledgerAppended(clock.monotonicMs() - startedMs);
  return number;
}

const NO_BLOCK = -1;

function blockContent(rounds: readonly WorkerRound[], { recordsRoot }: BatchTrail, atMs: number) {
  return { atMs, count: rounds.filter((round) => 'answer' in round).length, recordsRoot };
}

/** The body is a view into the packet of the batch; a ledger that kept the view would keep every answer with it. */
function ownCopy(body: Buffer): Buffer {
  return Buffer.from(body);
}

function replies(
  { node, journal }: RoundPorts,
  rounds: readonly WorkerRound[],
  block: number,
): readonly RoundReply[] {
  let index = 0;
  return rounds.map((round) => {
    if ('refusal' in round) {
      if (round.fault !== undefined) journal.fault('a round broke the engine', round.fault);
      return { refusal: round.refusal };
    }
    const recordId = block === NO_BLOCK ? undefined : formatRecordId({ node, block, index: index++ });
    return { answer: round.answer, recordId };
  });
}

/** Runs one step; a failure fails this batch only, is told to the journal, and answers undefined. */
async function attempt<T>(
  { meter, journal }: RoundPorts,
  step: BatchFailure,
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    meter.batchFailed(step);
    journal.fault(`a batch failed at the ${step}`, error);
    return undefined;
  }
}

function refuseAll(rounds: readonly PendingRound[], code: ErrorCode): readonly RoundReply[] {
  const refusal = refuse(code);
  return rounds.map(() => ({ refusal }));
}
