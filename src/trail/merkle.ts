import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962, section 2.1. A hash is 32 bytes. */

const LEAF_PREFIX = Buffer.of(0x00);
const NODE_PREFIX = Buffer.of(0x01);

export function leafHash(leaf: Uint8Array | string): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(leaf).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();

/**
 * What has to be kept of a tree to append to it: the roots of its complete subtrees, largest first, one for each
 * bit set in `size`.
 *
 *     size 6 = 110b      [ root of leaves 0-3, root of leaves 4-5 ]
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Buffer[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] };

/** The frontier after one more leaf: every trailing complete pair becomes one subtree. */
export function appendLeaf({ size, roots }: Frontier, leaf: Buffer): Frontier {
  const grown = [...roots];
  let carried = leaf;
  for (let bits = size; bits % 2 === 1; bits = Math.floor(bits / 2))
    carried = nodeHash(grown.pop()!, carried);
  grown.push(carried);
  return { size: size + 1, roots: grown };
}

export function frontierRoot({ roots }: Frontier): Buffer {
  return roots.length === 0 ? EMPTY_ROOT : roots.reduceRight((right, left) => nodeHash(left, right));
}

/** MTH(D[n]) over leaf hashes. */
export function treeRoot(leaves: readonly Buffer[]): Buffer {
  return frontierRoot(leaves.reduce(appendLeaf, EMPTY_FRONTIER));
}
