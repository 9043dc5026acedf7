import { isHash, nodeHash, treeRoot } from './merkle.js';
import { halvesOf, type Subtree } from './subtree.js';

/** What a consistency proof says: the first `from` leaves of the larger tree are the leaves of the smaller one. */
export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Buffer;
  readonly toRoot: Buffer;
}

/** RFC 6962, section 2.1.2: PROOF(m, D[n]), all leaves given by their hashes. checkConsistency is its inverse. */
export function consistencyProof(from: number, leaves: readonly Buffer[]): Buffer[] {
  return consistencySubtrees(from, leaves.length).map(({ start, end }) => treeRoot(leaves.slice(start, end)));
}

/**
 * The subtrees whose roots are PROOF(m, D[n]), in its order. None when the sizes are equal. When the smaller tree is
 * no subtree of the larger one, the first is the last complete part of the smaller one, which both have in common.
 *
 *     6 of 7:     0 1 2 3   4 5 | 6        4-5, then 6-6, then 0-3
 */
export function consistencySubtrees(from: number, to: number): Subtree[] {
  if (!areSizes(from, to)) throw new RangeError(`a tree of ${to} does not continue one of ${from}`);
  return partsWithin({ start: 0, end: to }, from);
}

/** RFC 6962, section 2.1.2, from the other end: whether both roots follow from the proof. */
export function checkConsistency(
  { from, to, fromRoot, toRoot }: Consistency,
  proof: readonly Buffer[],
): boolean {
  if (!areSizes(from, to)) return false;
  // Nothing is hashed then, so that it does not matter what the roots are.
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  const subtrees = consistencySubtrees(from, to);
  if (subtrees.length !== proof.length) return false;
  // A smaller tree that is a subtree of the larger one is not told again: whoever checks has its root.
  const isTold = subtrees[0]?.end === from;
  let older = isTold ? proof[0]! : fromRoot;
  let newer = older;
  for (let at = isTold ? 1 : 0; at < proof.length; at++) {
    const hash = proof[at]!;
    const isNew = subtrees[at]!.start >= from;
    older = isNew ? older : nodeHash(hash, older);
    newer = isNew ? nodeHash(newer, hash) : nodeHash(hash, newer);
  }
  return older.equals(fromRoot) && newer.equals(toRoot);
}

/** SUBPROOF(m, D[n], b); b, that the root of the part is known, holds as long as the part begins with the first leaf. */
function partsWithin(part: Subtree, from: number): Subtree[] {
  if (part.end === from) return part.start === 0 ? [] : [part];
  const [left, right] = halvesOf(part);
  return from <= left.end ? [...partsWithin(left, from), right] : [...partsWithin(right, from), left];
}

function areSizes(from: number, to: number): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && from <= to;
}
