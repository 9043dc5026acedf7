import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkConsistency, consistencyProof, consistencySubtrees } from '../../src/trail/consistency.js';
import { checkInclusion, inclusionProof, inclusionSubtrees } from '../../src/trail/inclusion.js';
import { leafHash, treeRoot } from '../../src/trail/merkle.js';
import { naivePath, naiveProof } from './naive-proofs.js';

const SIZE_MAX = 70;
const CONTENTS = Array.from({ length: SIZE_MAX }, (_, at) => Buffer.from(`leaf ${at}`));
const LEAVES = CONTENTS.map((content) => leafHash(content));

/** Two numbers of which the first is not the larger one. */
const PAIR = fc
  .tuple(fc.integer({ min: 1, max: SIZE_MAX }), fc.integer({ min: 1, max: SIZE_MAX }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

describe('an inclusion proof', () => {
  test('is that of the definition, and is accepted', () => {
    fc.assert(
      fc.property(PAIR, ({ from, to: size }) => {
        const index = from - 1;
        const proof = inclusionProof(index, LEAVES.slice(0, size));
        expect(proof).toEqual(naivePath(index, CONTENTS.slice(0, size)));
        expect(checkInclusion(inclusionOf(index, size), proof)).toBe(true);
      }),
    );
  });

  test('is accepted for its own leaf, place, size and root only', () => {
    fc.assert(
      fc.property(PAIR, fc.nat(SIZE_MAX - 1), ({ from, to: size }, other) => {
        const index = from - 1;
        const proof = inclusionProof(index, LEAVES.slice(0, size));
        const claim = inclusionOf(index, size);
        const accepts = (change: object) => checkInclusion({ ...claim, ...change }, proof);
        expect(accepts({ leaf: LEAVES[other]! })).toBe(other === index);
        expect(accepts({ root: treeRoot(LEAVES.slice(0, other + 1)) })).toBe(other + 1 === size);
        if (size > 1 && other !== index) expect(accepts({ index: other })).toBe(false);
      }),
    );
  });

  test('with any change to its hashes is refused', () => {
    fc.assert(
      fc.property(PAIR, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ from, to: size }, at, change) => {
        const index = from - 1;
        const proof = inclusionProof(index, LEAVES.slice(0, size));
        for (const wrong of wrongProofs(proof, at, change))
          expect(checkInclusion(inclusionOf(index, size), wrong)).toBe(false);
      }),
    );
  });

  test.each([
    [0, 0],
    [1, 1],
    [-1, 3],
    [0.5, 3],
    [3, 3],
    [2 ** 64, 2 ** 65],
    [Number.NaN, 3],
  ])('of leaf %d of %d is refused, and none can be made', (index, size) => {
    const claim = { index, size, leaf: LEAVES[0]!, root: LEAVES[0]! };
    expect(checkInclusion(claim, [])).toBe(false);
    expect(() => inclusionSubtrees(index, size)).toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  test('is that of the definition, and is accepted', () => {
    fc.assert(
      fc.property(PAIR, ({ from, to }) => {
        const proof = consistencyProof(from, LEAVES.slice(0, to));
        expect(proof).toEqual(naiveProof(from, CONTENTS.slice(0, to)));
        expect(checkConsistency(consistencyOf(from, to), proof)).toBe(true);
      }),
    );
  });

  test('is accepted for its own sizes and roots only', () => {
    fc.assert(
      fc.property(PAIR, fc.integer({ min: 1, max: SIZE_MAX }), ({ from, to }, other) => {
        const proof = consistencyProof(from, LEAVES.slice(0, to));
        const claim = consistencyOf(from, to);
        const accepts = (change: object) => checkConsistency({ ...claim, ...change }, proof);
        const otherRoot = treeRoot(LEAVES.slice(0, other));
        expect(accepts({ fromRoot: otherRoot })).toBe(other === from);
        expect(accepts({ toRoot: otherRoot })).toBe(other === to);
        expect(accepts({ from: to, to: from })).toBe(from === to);
      }),
    );
  });

  test('with any change to its hashes is refused', () => {
    fc.assert(
      fc.property(PAIR, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ from, to }, at, change) => {
        const proof = consistencyProof(from, LEAVES.slice(0, to));
        for (const wrong of wrongProofs(proof, at, change))
          expect(checkConsistency(consistencyOf(from, to), wrong)).toBe(false);
      }),
    );
  });

  test('shows no leaf replaced among the first ones', () => {
    fc.assert(
      fc.property(PAIR, fc.nat(), ({ from, to }, at) => {
        const rewritten = LEAVES.slice(0, to).with(at % from, leafHash('rewritten'));
        const claim = { ...consistencyOf(from, to), toRoot: treeRoot(rewritten) };
        expect(checkConsistency(claim, consistencyProof(from, rewritten))).toBe(false);
      }),
    );
  });

  test.each([
    [0, 0],
    [0, 3],
    [4, 3],
    [1.5, 3],
    [2 ** 64, 2 ** 64],
  ])('from %d to %d is refused, and none can be made', (from, to) => {
    const claim = { from, to, fromRoot: LEAVES[0]!, toRoot: LEAVES[0]! };
    expect(checkConsistency(claim, [])).toBe(false);
    expect(() => consistencySubtrees(from, to)).toThrow(RangeError);
  });
});

function inclusionOf(index: number, size: number) {
  return { index, size, leaf: LEAVES[index]!, root: treeRoot(LEAVES.slice(0, size)) };
}

function consistencyOf(from: number, to: number) {
  return { from, to, fromRoot: treeRoot(LEAVES.slice(0, from)), toRoot: treeRoot(LEAVES.slice(0, to)) };
}

/** One hash changed in one byte, cut short, left out, told twice; one too many. */
function wrongProofs(proof: readonly Buffer[], at: number, change: number): Buffer[][] {
  const tooLong = [...proof, LEAVES[0]!];
  if (proof.length === 0) return [tooLong];
  const place = at % proof.length;
  const bytes = Buffer.from(proof[place]!);
  bytes[at % bytes.length] = bytes[at % bytes.length]! ^ change;
  return [
    tooLong,
    proof.with(place, bytes),
    proof.with(place, proof[place]!.subarray(1)),
    proof.toSpliced(place, 1),
    proof.toSpliced(place, 0, proof[place]!),
  ];
}
