import type { Clock } from '../base/clock.js';
import { type ErrorCode, refuse } from '../base/errors.js';
import { formatRecordId } from '../base/ids.js';
import type { WorkerRound } from '../rounds/batch/batch-reply.js';
import { type BlockAddress, type Appended, UNKNOWN } from './node-log.js';
import type { BatchFailure, DecidedBatch, Journal, Meter, Pool, RoundBatch } from './ports.js';
import { answersOf, keepUnrecorded, type RoundJob } from './retries/kept-rounds.js';
import type { AnswerKeeper } from './retries/answer-keeper.js';
import type { RoundReply } from './round-reply.js';
import type { RoundLog } from './unawaited-log.js';

export interface RoundPorts {
  readonly node: string;
  readonly pool: Pool;
  /** Undefined when no records are kept. */
  readonly log: RoundLog | undefined;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly journal: Journal;
  /** Where the answers go that a retry may ask for. */
  readonly keeper: AnswerKeeper;
}

/** `workerIsFree` is called once the worker can take its next batch, while the records are still being written. */
export type ClearRounds = (
  rounds: readonly RoundJob[],
  workerIsFree: () => void,
) => Promise<readonly RoundReply[]>;

/** The story of sealed rounds, a batch at a time: decide on a worker, write the records, then answer. */
export function clearRoundsWith(ports: RoundPorts): ClearRounds {
  let batches = 0;
  return async (rounds, workerIsFree) => {
    if (ports.log?.isAvailable === false) return refuseAll(rounds, 'LEDGER_UNAVAILABLE');
    const batch = { rounds, atMs: ports.clock.nowMs(), idPrefix: `${ports.node}-r${batches++}` };
    const decided = await attempt(ports, 'worker', () => decide(ports, batch));
    workerIsFree();
    if (decided === undefined) return refuseAll(rounds, 'WORKER_FAILED');
    const written = await attempt(ports, 'ledger', () => write(ports, decided, batch));
    if (written === undefined) return refuseAll(rounds, 'LEDGER_UNAVAILABLE');
    if (written.block === UNKNOWN) {
      ports.meter.batchFailed('ledger');
      return refuseAll(rounds, 'OUTCOME_UNKNOWN');
    }
    ports.meter.roundsAnswered(decided.rounds);
    tellFaults(ports, decided.rounds);
    const answers = replies(decided.rounds, written.block);
    const isUnrecorded = written.block === undefined && isKeyed(rounds);
    return isUnrecorded ? keepUnrecorded(ports.keeper, rounds, answers) : answers;
  };
}

async function decide({ pool, clock, meter }: RoundPorts, batch: RoundBatch): Promise<DecidedBatch> {
  const startedAtMs = clock.monotonicMs();
  const waitsMs = batch.rounds.map(({ arrivedAtMs }) => startedAtMs - arrivedAtMs);
  const decided = await pool.decide(batch);
  meter.batchDecided(waitsMs, clock.monotonicMs() - startedAtMs);
  return decided;
}

/** Where the records of a batch stand; no block when the batch leaves none. */
interface Written {
  readonly block: Appended | undefined;
}

async function write(
  ports: RoundPorts,
  { rounds, trail }: DecidedBatch,
  batch: KeyedBatch,
): Promise<Written> {
  const { log, clock, meter, keeper } = ports;
  if (log === undefined || trail === undefined) return { block: undefined };
  const startedAtMs = clock.monotonicMs();
  const count = rounds.filter((round) => 'answer' in round).length;
  // Both are views into the packet of the batch: a ledger that kept a view would keep every answer with it.
  const [body, roundKeys] = [Buffer.from(trail.body), Buffer.from(trail.roundKeys)];
  const content = { atMs: batch.atMs, count, recordsRoot: trail.recordsRoot };
  const answersIn = (block: BlockAddress) =>
    answersOf(batch.rounds, replies(rounds, block), block, keeper.keptMs);
  const entry = { content, body, roundKeys, ...(isKeyed(batch.rounds) && { answersIn }) };
  const block = await log.append(entry);
  meter.ledgerAppended(clock.monotonicMs() - startedAtMs);
  return { block };
}

/** A batch whose rounds may have a claim each. */
interface KeyedBatch extends RoundBatch {
  readonly rounds: readonly RoundJob[];
}

function isKeyed(rounds: readonly RoundJob[]): boolean {
  return rounds.some(({ claim }) => claim !== undefined);
}

function tellFaults({ journal }: RoundPorts, rounds: readonly WorkerRound[]): void {
  for (const round of rounds) {
    if ('fault' in round) journal.fault('a round broke the engine', round.fault);
  }
}

function replies(rounds: readonly WorkerRound[], block: BlockAddress | undefined): readonly RoundReply[] {
  let index = 0;
  return rounds.map((round) => {
    if ('refusal' in round) return { refusal: round.refusal };
    if ('checked' in round) return { answer: round.checked, recordId: undefined };
    const recordId = block === undefined ? undefined : formatRecordId({ ...block, index: index++ });
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

function refuseAll(rounds: readonly RoundJob[], code: ErrorCode): readonly RoundReply[] {
  const refusal = refuse(code);
  return rounds.map(() => ({ refusal }));
}
