import { leafHash } from './merkle.js';

/**
 * What is kept of the records of a block. `full`: the records, one a line. `digest`: their leaf hashes, so that a
 * caller can prove its own copy. `off`: nothing; for benchmarks.
 */
export const RETENTIONS = ['full', 'digest', 'off'] as const;
export type Retention = (typeof RETENTIONS)[number];
/** The retentions that leave a trail. */
export type KeptRetention = Exclude<Retention, 'off'>;

const NEWLINE = 0x0a;
const HASH_BYTES = 32;

/** The leaf hashes of the records of a block, in their order. */
export function leavesOf(body: Buffer, retention: KeptRetention): Buffer[] {
  const leaves: Buffer[] = [];
  if (retention === 'digest') {
    for (let start = 0; start < body.length; start += HASH_BYTES)
      leaves.push(body.subarray(start, start + HASH_BYTES));
    return leaves;
  }
  let start = 0;
  for (let end = body.indexOf(NEWLINE); end !== -1; end = body.indexOf(NEWLINE, start)) {
    leaves.push(leafHash(body.subarray(start, end)));
    start = end + 1;
  }
  return leaves;
}

/** The record at `index` of a block body, or its leaf hash where only digests are kept. */
export function recordAt(body: Buffer, index: number, retention: KeptRetention): Buffer | undefined {
  if (retention === 'digest') {
    const hash = body.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
    return hash.length === HASH_BYTES ? hash : undefined;
  }
  let start = 0;
  for (let skipped = 0; skipped < index; skipped++) {
    const end = body.indexOf(NEWLINE, start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = body.indexOf(NEWLINE, start);
  return end === -1 ? undefined : body.subarray(start, end);
}
