import { createHash } from 'node:crypto';

/** MTH(D[n]) of RFC 6962, section 2.1, word for word: split at the largest power of two under n. */
export function naiveTreeRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), naiveTreeRoot(leaves.slice(0, split)), naiveTreeRoot(leaves.slice(split)));
}

export function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
