import type { Clock } from '../base/clock.js';
import type { RequestKind } from '../rounds/batch/batch-request.js';
import type { BulkPorts } from './bulk/clear-lines.js';
import type { ClearOnce } from './retries/clear-once.js';
import type { RoundJob } from './retries/kept-rounds.js';
import type { RoundReply } from './round-reply.js';
import { PLAIN, type RoundTerms } from './round-terms.js';

export type Clear = (bytes: Buffer, ageMs?: number, terms?: RoundTerms) => Promise<RoundReply> | undefined;

/** The ways into the one queue of the workers. */
export interface RoundDoors {
  /** Undefined when the engine has all the work it accepts. `ageMs` is how long ago the round began to arrive. */
  readonly clearRound: Clear;
  /** An OpenRTB auction, in the same queue. */
  readonly clearOpenRtb: Clear;
  /** A line of a stream, which waited for its turn and is not refused. */
  readonly clearLine: BulkPorts['clear'];
  /** Tries a policy on a bid or a round, as the rounds are cleared. */
  readonly checkPolicy: (reference: string, bytes: Buffer, ageMs?: number) => Promise<RoundReply> | undefined;
  /** Explains a decision from its record. */
  readonly explainRecord: (subject: string, bytes: Buffer) => Promise<RoundReply> | undefined;
}

export interface RoundQueue {
  readonly isFull: boolean;
  submit(job: RoundJob): Promise<RoundReply>;
}

export function roundDoors(queue: RoundQueue, clearOnce: ClearOnce, clock: Clock): RoundDoors {
  const enqueue = (job: Omit<RoundJob, 'arrivedAtMs'>, ageMs: number) =>
    queue.submit({ ...job, arrivedAtMs: clock.monotonicMs() - ageMs });
  const submit = (job: Omit<RoundJob, 'arrivedAtMs'>, ageMs: number) =>
    queue.isFull ? undefined : enqueue(job, ageMs);
  const clearAs =
    (kind: RequestKind): Clear =>
    (bytes, ageMs = 0, { seats, keyed } = PLAIN) => {
      const job = { kind, subject: '', bytes, seats };
      if (keyed === undefined) return submit(job, ageMs);
      return clearOnce(keyed, (claim, askedMs) => submit({ ...job, claim }, ageMs + askedMs));
    };
  return {
    clearRound: clearAs('clear-round'),
    clearOpenRtb: clearAs('clear-openrtb'),
    clearLine: (bytes, ageMs, { fallbackId = '', seats, keyed }) => {
      const job = { kind: 'clear-round', subject: fallbackId, bytes, seats, isPatient: true } as const;
      if (keyed === undefined) return enqueue(job, ageMs);
      return clearOnce(keyed, (claim, askedMs) => enqueue({ ...job, claim }, ageMs + askedMs));
    },
    checkPolicy: (reference, bytes, ageMs = 0) =>
      submit({ kind: 'check-policy', subject: reference, bytes }, ageMs),
    explainRecord: (subject, bytes) => submit({ kind: 'explain-record', subject, bytes }, 0),
  };
}
