import { describe, expect, test } from 'vitest';
import { batchTrail, hashRecords } from '../../src/rounds/batch/batch-trail.js';
import { type KeptRetention, recordAt } from '../../src/trail/retention.js';
import { naiveTreeRoot, sha256 } from './naive-tree.js';

const RECORDS = ['{"id":"r1"}', '{}', '{"id":"r3","kind":"round"}'];
const LEAVES = RECORDS.map((record) => Buffer.from(record));

const KEPT: { retention: KeptRetention; kept: Buffer[] }[] = [
  { retention: 'full', kept: LEAVES },
  { retention: 'digest', kept: LEAVES.map((leaf) => sha256(Buffer.of(0), leaf)) },
];

describe.each(KEPT)('with retention $retention', ({ retention, kept }) => {
  test('each record of a block is found at its index, and none beyond', () => {
    const { body } = hashRecords(RECORDS, retention);
    expect([0, 1, 2, 3, 4].map((index) => recordAt(Buffer.from(body), index, retention))).toEqual([
      ...kept,
      undefined,
      undefined,
    ]);
  });

  test('the block commits to the records themselves', () => {
    const { recordsRoot } = hashRecords(RECORDS, retention);
    expect(Buffer.from(recordsRoot)).toEqual(naiveTreeRoot(LEAVES));
  });

  test('a batch without records leaves no trail', () => {
    expect(batchTrail([], retention)).toBeUndefined();
  });
});

test('with retention off nothing is kept', () => {
  expect(batchTrail([{ roundId: 'r1', record: '{}' }], 'off')).toBeUndefined();
});
