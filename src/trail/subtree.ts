/** The leaves from `start` up to `end`, without `end`: a subtree of the Merkle tree, known by its root. */
export interface Subtree {
  readonly start: number;
  readonly end: number;
}

/** The k of RFC 6962, section 2.1: the largest power of two smaller than `leaves`, of which there are at least two. */
export function leavesOnTheLeft(leaves: number): number {
  let left = 1;
  while (2 * left < leaves) left *= 2;
  return left;
}

export function leafCount({ start, end }: Subtree): number {
  return end - start;
}

/** The two halves of a subtree of at least two leaves. */
export function halvesOf(subtree: Subtree): readonly [Subtree, Subtree] {
  const middle = subtree.start + leavesOnTheLeft(leafCount(subtree));
  return [
    { start: subtree.start, end: middle },
    { start: middle, end: subtree.end },
  ];
}
