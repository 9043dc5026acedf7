import { leafHash, treeRoot } from '../trail/merkle.js';
import type { Retention } from '../trail/retention.js';
import type { BatchTrail } from './batch-reply.js';

/** Hashes the records of a batch and keeps what the retention says; undefined when there is nothing to keep. */
export function batchTrail(records: readonly string[], retention: Retention): BatchTrail | undefined {
  if (retention === 'off' || records.length === 0) return undefined;
  const leaves = records.map((record) => leafHash(Buffer.from(record)));
  const body = retention === 'digest' ? Buffer.concat(leaves) : Buffer.from(`${records.join('\n')}\n`);
  return { recordsRoot: treeRoot(leaves), body };
}
