import { describe, expect, test } from 'vitest';
import { LogTree } from '../../src/engine/trail/log-tree.js';
import type { Logs } from '../../src/engine/ledger-port.js';
import { consistencySubtrees } from '../../src/trail/consistency.js';
import { inclusionSubtrees } from '../../src/trail/inclusion.js';
import { leafHash, treeRoot } from '../../src/trail/merkle.js';
import { ledgerWith, memoryLedger } from '../support/memory-ledger.js';

const SIZE = 3000;
const HEADERS = Array.from({ length: SIZE }, (_, number) => `header ${number}`);
const LEAVES = HEADERS.map(leafHash);

/** Headers without blocks, in pages no larger than they may be; counts what is read. */
function headersOnly(first = 0) {
  const told = { read: 0, largest: 0 };
  const logs: Logs = ledgerWith(memoryLedger(), {
    readHeaders: (_, from, limit) => {
      const page = from < first ? [] : HEADERS.slice(from, from + Math.min(limit, 100));
      told.read += page.length;
      told.largest = Math.max(told.largest, limit);
      return Promise.resolve(page);
    },
  });
  return { tree: new LogTree(logs), told };
}

describe('the tree over the headers of a log', () => {
  test.each([
    ['inclusion of the newest block', inclusionSubtrees(SIZE - 1, SIZE)],
    ['inclusion of the birth', inclusionSubtrees(0, SIZE)],
    ['inclusion of a block between', inclusionSubtrees(1234, SIZE)],
    ['consistency', consistencySubtrees(777, SIZE)],
  ])('has the roots of a proof of %s', async (_, parts) => {
    const { tree, told } = headersOnly();
    const roots = await tree.rootsOf('n', parts);
    expect(roots).toEqual(parts.map(({ start, end }) => treeRoot(LEAVES.slice(start, end))));
    expect(told.largest).toBeLessThanOrEqual(256);
  });

  test('reads a complete part once, also when two ask at the same time', async () => {
    const { tree, told } = headersOnly();
    const parts = inclusionSubtrees(SIZE - 1, SIZE);
    await Promise.all([tree.rootsOf('n', parts), tree.rootsOf('n', parts)]);
    const before = told.read;
    expect(before).toBeLessThan(SIZE + 256);
    await tree.rootsOf('n', parts);
    expect(told.read - before).toBeLessThan(256);
    await tree.rootsOf('another', parts);
    expect(told.read - before).toBeGreaterThan(SIZE - 256);
  });

  test('has no root for a part whose headers have gone, and finds it when they are back', async () => {
    const { tree } = headersOnly(1);
    expect(await tree.rootsOf('n', inclusionSubtrees(SIZE - 1, SIZE))).toBeUndefined();
    let isBack = false;
    const logs = ledgerWith(memoryLedger(), {
      readHeaders: (_, from, limit) => Promise.resolve(isBack ? HEADERS.slice(from, from + limit) : []),
    });
    const patient = new LogTree(logs);
    expect(await patient.rootOf('n', { start: 0, end: 512 })).toBeUndefined();
    isBack = true;
    expect(await patient.rootOf('n', { start: 0, end: 512 })).toEqual(treeRoot(LEAVES.slice(0, 512)));
  });
});
