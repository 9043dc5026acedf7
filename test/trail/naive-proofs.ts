import { naiveTreeRoot } from './naive-tree.js';

/** PATH(m, D[n]) of RFC 6962, section 2.1.1, word for word. */
export function naivePath(m: number, leaves: readonly Buffer[]): Buffer[] {
  const n = leaves.length;
  if (n === 1) return [];
  const k = largestPowerOfTwoUnder(n);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveTreeRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveTreeRoot(leaves.slice(0, k))];
}

/** PROOF(m, D[n]) of RFC 6962, section 2.1.2, word for word. */
export function naiveProof(m: number, leaves: readonly Buffer[]): Buffer[] {
  return naiveSubproof(m, leaves, true);
}

function naiveSubproof(m: number, leaves: readonly Buffer[], isComplete: boolean): Buffer[] {
  const n = leaves.length;
  if (m === n) return isComplete ? [] : [naiveTreeRoot(leaves)];
  const k = largestPowerOfTwoUnder(n);
  return m <= k
    ? [...naiveSubproof(m, leaves.slice(0, k), isComplete), naiveTreeRoot(leaves.slice(k))]
    : [...naiveSubproof(m - k, leaves.slice(k), false), naiveTreeRoot(leaves.slice(0, k))];
}

function largestPowerOfTwoUnder(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
