import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, leafHash, treeRoot } from '../../src/trail/merkle.js';
import { naiveTreeRoot } from './naive-tree.js';

/** Leaves that implementations of RFC 6962 commonly test with; the roots follow from the definition alone. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the Merkle tree', () => {
  test.each(ROOTS.map((root, size) => ({ size, root })))(
    'of $size known leaves has its known root',
    ({ size, root }) => {
      const leaves = LEAVES.slice(0, size).map((hex) => Buffer.from(hex, 'hex'));
      expect(treeRoot(leaves.map(leafHash)).toString('hex')).toBe(root);
    },
  );

  test('grown leaf by leaf has at every size the root of the definition', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 70 }), (contents) => {
        const leaves = contents.map((content) => Buffer.from(content));
        let frontier = EMPTY_FRONTIER;
        for (const [index, leaf] of leaves.entries()) {
          frontier = appendLeaf(frontier, leafHash(leaf));
          expect(frontier.size).toBe(index + 1);
          expect(frontierRoot(frontier)).toEqual(naiveTreeRoot(leaves.slice(0, index + 1)));
        }
        expect(treeRoot(leaves.map(leafHash))).toEqual(naiveTreeRoot(leaves));
      }),
      { numRuns: 60 },
    );
  });

  test('keeps as many roots as its size has bits set, and leaves older frontiers alone', () => {
    const older = [EMPTY_FRONTIER];
    for (let size = 0; size < 130; size++) older.push(appendLeaf(older.at(-1)!, leafHash(String(size))));
    for (const [size, { roots }] of older.entries()) {
      expect(roots.length).toBe(size.toString(2).replaceAll('0', '').length);
    }
  });
});
