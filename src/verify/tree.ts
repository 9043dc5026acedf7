import { nodeHash } from '../trail/merkle.js';
import { isHash } from './block.js';

/** A Merkle tree (RFC 6962, section 2.1) that only grows: the roots of its complete subtrees, largest first. */
export class GrowingTree {
  #size = 0;
  readonly #roots: Buffer[] = [];

  add(leaf: Buffer): void {
    let hash = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2)
      hash = nodeHash(this.#roots.pop()!, hash);
    this.#roots.push(hash);
    this.#size++;
  }

  /** Of at least one leaf. */
  get root(): Buffer {
    return this.#roots.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); undefined when it is not as long as it has to be. */
export function rootFromProof(index: number, size: number, leaf: Buffer, proof: unknown): Buffer | undefined {
  if (index >= size || !Array.isArray(proof) || !proof.every(isHash)) return undefined;
  let [place, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    const isRight = place % 2 === 1 || place === last;
    const other = Buffer.from(sibling, 'hex');
    hash = isRight ? nodeHash(other, hash) : nodeHash(hash, other);
    while (isRight && place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}
