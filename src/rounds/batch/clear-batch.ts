import { refuse } from '../../base/errors.js';
import { type PackableRound, packReply, type WorkerRefusal } from './batch-reply.js';
import { unpackRequest } from './batch-request.js';
import { batchTrail, type RoundRecord } from './batch-trail.js';
import type { RoundClearer } from '../clear-round.js';

/** One batch as it travels to a worker. */
export interface BatchTask {
  readonly packet: ArrayBuffer;
  /** Milliseconds since the epoch, for the records. */
  readonly atMs: number;
  /** Ids of rounds that bring none are this, a dash and their place in the batch. */
  readonly idPrefix: string;
  /**
   * Shared with the pool: the worker writes the instant it begins, in nanoseconds of the monotonic clock. The pool
   * gives up a worker that takes too long.
   */
  readonly begun: BigInt64Array;
}

/** Clears every round of a batch and packs the answers. A round that is bad, or breaks the engine, spoils no other. */
export function clearBatch(
  { packet, atMs, idPrefix }: Pick<BatchTask, 'packet' | 'atMs' | 'idPrefix'>,
  clearer: RoundClearer,
  monotonicMs: () => number,
): ArrayBuffer {
  clearer.catchUp();
  const records: RoundRecord[] = [];
  const rounds = unpackRequest(packet).map((request, index): PackableRound => {
    if (request.kind === 'check-policy') {
      return guarded(() => clearer.check(request.subject, request.bytes));
    }
    if (request.kind === 'explain-record') {
      return guarded(() => clearer.explain(request.subject, request.bytes));
    }
    const waitedMs = monotonicMs() - request.arrivedAtMs;
    const fallbackId = request.subject === '' ? `${idPrefix}-${index}` : request.subject;
    const circumstances = { fallbackId, atMs, waitedMs, seats: request.seats };
    const clearing = guarded(() =>
      request.kind === 'clear-openrtb'
        ? clearer.clearOpenRtb(request.bytes, circumstances)
        : clearer.clear(request.bytes, circumstances),
    );
    if ('refusal' in clearing) return clearing;
    records.push(clearing.cleared);
    return clearing.cleared;
  });
  return packReply(rounds, batchTrail(records, clearer.retention));
}

/** Whatever breaks in the engine is a refusal of this request, and of no other. */
function guarded<T>(work: () => T): T | WorkerRefusal {
  try {
    return work();
  } catch (error) {
    return {
      refusal: refuse('INTERNAL_FAULT'),
      fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
