import { hash } from 'node:crypto';

/** The Merkle tree of RFC 6962, section 2.1. A hash is 32 bytes. */

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;
const HASH_BYTES = 32;

/** Text is hashed as UTF-8. */
export function leafHash(leaf: Uint8Array | string): Buffer {
  const content = typeof leaf === 'string' ? Buffer.from(leaf) : leaf;
  const bytes = Buffer.allocUnsafe(1 + content.length);
  bytes[0] = LEAF_PREFIX;
  bytes.set(content, 1);
  return sha256(bytes);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + 2 * HASH_BYTES);
  bytes[0] = NODE_PREFIX;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return sha256(bytes);
}

export function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

/** One call: a hash object fed in pieces takes several times as long for inputs this small. */
function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

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
