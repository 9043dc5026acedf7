import { refuse } from '../../base/errors.js';
import type { PendingRound } from '../../rounds/batch/batch-request.js';
import type { KeptAnswer } from '../ledger-port.js';
import type { BlockAddress } from '../node-log.js';
import type { RoundReply } from '../round-reply.js';
import type { Claim } from './claim.js';
import type { AnswerKeeper } from './answer-keeper.js';

/** A round on its way; with a claim its answer has to stand where a retry looks for it. */
export interface RoundJob extends PendingRound {
  readonly claim?: Claim | undefined;
}

/** The answers that ride with the block of their records. @throws when a key was taken under a name that has gone since */
export function answersOf(
  jobs: readonly RoundJob[],
  replies: readonly RoundReply[],
  { node }: BlockAddress,
  keptMs: number,
): readonly KeptAnswer[] {
  return jobs.flatMap(({ claim }, at) => {
    const reply = replies[at]!;
    if (claim === undefined || 'refusal' in reply) return [];
    if (claim.node !== node)
      throw new Error(`a key was taken for ${claim.node}, and the log is ${node} by now`);
    return [{ key: claim.key, bytes: writeRoundReply(reply), keptMs }];
  });
}

/** Keeps the answers of a batch that leaves no records; one that cannot be kept is not given. */
export function keepUnrecorded(
  keeper: AnswerKeeper,
  jobs: readonly RoundJob[],
  replies: readonly RoundReply[],
): Promise<readonly RoundReply[]> {
  return Promise.all(
    replies.map(async (reply, at) => {
      const { claim } = jobs[at]!;
      if (claim === undefined || 'refusal' in reply) return reply;
      const keeping = await keeper.keep(claim, writeRoundReply(reply));
      if (keeping === 'kept') return reply;
      return { refusal: refuse(keeping === 'unkept' ? 'LEDGER_UNAVAILABLE' : 'OUTCOME_UNKNOWN') };
    }),
  );
}

const LINE_FEED = 0x0a;

/** The id of the record, a line feed, and the bytes of the answer; readRoundReply is its inverse. */
function writeRoundReply({ answer, recordId = '' }: Exclude<RoundReply, { refusal: unknown }>): Buffer {
  const bytes = Buffer.allocUnsafe(recordId.length + 1 + answer.length);
  const end = bytes.write(`${recordId}\n`, 'latin1');
  answer.copy(bytes, end);
  return bytes;
}

export function readRoundReply(bytes: Buffer): RoundReply {
  const end = bytes.indexOf(LINE_FEED);
  const recordId = end === 0 ? undefined : bytes.toString('latin1', 0, end);
  return { answer: bytes.subarray(end + 1), recordId, isReplayed: true };
}
