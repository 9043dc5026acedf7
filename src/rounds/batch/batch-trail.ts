import { leafHash, treeRoot } from '../../trail/merkle.js';
import type { Retention } from '../../trail/retention.js';
import { roundKeyOf } from '../../trail/round-key.js';
import type { BatchTrail } from './batch-reply.js';

/** A record in text, and the id of its round. */
export interface RoundRecord {
  readonly roundId: string;
  readonly record: string;
}

/** Hashes the records of a batch and keeps what the retention says; undefined when there is nothing to keep. */
export function batchTrail(rounds: readonly RoundRecord[], retention: Retention): BatchTrail | undefined {
  if (retention === 'off' || rounds.length === 0) return undefined;
  const roundKeys = Buffer.concat(rounds.map(({ roundId }) => roundKeyOf(roundId)));
  return {
    ...hashRecords(
      rounds.map(({ record }) => record),
      retention,
    ),
    roundKeys,
  };
}

/** Records, one or more, as the body of a block and their Merkle root. */
export function hashRecords(
  records: readonly string[],
  retention: Exclude<Retention, 'off'>,
): Omit<BatchTrail, 'roundKeys'> {
  const lines = Buffer.allocUnsafe(records.reduce((sum, record) => sum + Buffer.byteLength(record) + 1, 0));
  let start = 0;
  const leaves = records.map((record) => {
    const end = start + lines.write(record, start);
    const leaf = leafHash(lines.subarray(start, end));
    start = end + lines.write('\n', end);
    return leaf;
  });
  return { recordsRoot: treeRoot(leaves), body: retention === 'full' ? lines : Buffer.concat(leaves) };
}
