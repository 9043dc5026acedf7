import { isHash, nodeHash, treeRoot } from './merkle.js';
import { halvesOf, leafCount, type Subtree } from './subtree.js';

/** What an inclusion proof says: this leaf stands at this index of the tree that has so many leaves and this root. */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Buffer;
  readonly root: Buffer;
}

/** RFC 6962, section 2.1.1: PATH(m, D[n]), all leaves given by their hashes. checkInclusion is its inverse. */
export function inclusionProof(index: number, leaves: readonly Buffer[]): Buffer[] {
  return inclusionSubtrees(index, leaves.length).map(({ start, end }) => treeRoot(leaves.slice(start, end)));
}

/**
 * The subtrees whose roots are PATH(m, D[n]), the nearest to the leaf first. Whoever cannot hold all leaves finds
 * their roots one by one.
 *
 *     index 2 of 7:     0 1 [2] 3   4 5 6        3-3, then 0-1, then 4-6
 */
export function inclusionSubtrees(index: number, size: number): Subtree[] {
  if (!isPlace(index, size)) throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  return pathWithin({ start: 0, end: size }, index);
}

/** RFC 6962, section 2.1.1, from the other end: whether the proof leads from the leaf to the root. */
export function checkInclusion({ index, size, leaf, root }: Inclusion, proof: readonly Buffer[]): boolean {
  if (!isPlace(index, size) || ![leaf, root, ...proof].every(isHash)) return false;
  const subtrees = inclusionSubtrees(index, size);
  if (subtrees.length !== proof.length) return false;
  const reached = proof.reduce(
    (hash, sibling, at) => (subtrees[at]!.start > index ? nodeHash(hash, sibling) : nodeHash(sibling, hash)),
    leaf,
  );
  return reached.equals(root);
}

function pathWithin(tree: Subtree, index: number): Subtree[] {
  if (leafCount(tree) === 1) return [];
  const [left, right] = halvesOf(tree);
  return index < left.end ? [...pathWithin(left, index), right] : [...pathWithin(right, index), left];
}

function isPlace(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}
