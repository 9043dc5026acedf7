import { leafHash, treeRoot } from '../../trail/merkle.js';
import type { Retention } from '../../trail/retention.js';
import type { BatchTrail } from './batch-reply.js';

/** Hashes the records of a batch and keeps what the retention says; undefined when there is nothing to keep. */
export function batchTrail(records: readonly string[], retention: Retention): BatchTrail | undefined {
  if (retention === 'off' || records.length === 0) return undefined;
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
