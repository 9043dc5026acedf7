import { describe, expect, test } from 'vitest';
import type { Ledger, StoredBlock } from '../../src/engine/ledger-port.js';
import { block, bytesOf, digestBlock, grow } from './blocks.js';
import { catalogueConformance } from './catalogue-conformance.js';
import type { LedgerBounds } from './ledger-bounds.js';
import { logsConformance } from './logs-conformance.js';

const [A, B] = ['n00000000000000aa', 'n00000000000000bb'];

/** Keeps all of a test. */
const WIDE: LedgerBounds = { blockBytesMax: 1e9, catalogueBytesMax: 1e9 };

/** What every ledger promises, whatever keeps it. `create` makes an empty ledger that keeps about so many bytes. */
export function ledgerConformance(
  name: string,
  create: (bounds: LedgerBounds) => Ledger | Promise<Ledger>,
): void {
  describe(`${name}: append`, () => {
    test('takes the first block when nothing is expected', async () => {
      const ledger = await create(WIDE);
      expect(await ledger.append(block(A, 0), undefined)).toEqual({ appended: true });
    });

    test('takes the next block when the last checkpoint is the expected one', async () => {
      const ledger = await ledgerWith(3);
      expect(await ledger.append(block(A, 3), block(A, 2).checkpoint)).toEqual({ appended: true });
    });

    test('takes the same block again as success, and keeps it once', async () => {
      const ledger = await ledgerWith(2);
      expect(await ledger.append(block(A, 1), block(A, 0).checkpoint)).toEqual({ appended: true });
      expect(await ledger.append(block(A, 2), block(A, 1).checkpoint)).toEqual({ appended: true });
      expect(await ledger.readBlock(A, 2)).toEqual(block(A, 2));
    });

    test.each<[string, StoredBlock, string | undefined]>([
      ['an older checkpoint', block(A, 2, 'other'), block(A, 0).checkpoint],
      ['an empty log', block(A, 0, 'other'), undefined],
      ['a checkpoint nobody has written', block(A, 2, 'other'), 'unheard of'],
      ['an older block', block(A, 0), undefined],
    ])('refuses what expects %s, says what is stored, and changes nothing', async (_, late, expected) => {
      const ledger = await ledgerWith(2);
      const stored = block(A, 1).checkpoint;
      expect(await ledger.append(late, expected)).toEqual({ appended: false, stored });
      expect(await ledger.readBlock(A, 0)).toEqual(block(A, 0));
      expect(await ledger.readBlock(A, 1)).toEqual(block(A, 1));
      expect(await ledger.readBlock(A, 2)).toBeUndefined();
    });

    test('refuses a block that expects something of an empty log', async () => {
      const ledger = await create(WIDE);
      expect(await ledger.append(block(A, 1), 'something')).toEqual({ appended: false, stored: undefined });
      expect(await ledger.readBlock(A, 1)).toBeUndefined();
    });

    test('takes one of two blocks that race for the same place', async () => {
      const ledger = await ledgerWith(1);
      const after = block(A, 0).checkpoint;
      const results = await Promise.all([
        ledger.append(block(A, 1, 'one'), after),
        ledger.append(block(A, 1, 'other'), after),
      ]);
      expect(results.filter(({ appended }) => appended)).toHaveLength(1);
      const winner = block(A, 1, results[0].appended ? 'one' : 'other');
      expect(await ledger.readBlock(A, 1)).toEqual(winner);
      expect(results).toContainEqual({ appended: false, stored: winner.checkpoint });
    });

    test('keeps the logs of two nodes apart', async () => {
      const ledger = await ledgerWith(2);
      expect(await ledger.append(block(B, 0), undefined)).toEqual({ appended: true });
      expect(await ledger.append(block(B, 1), block(A, 1).checkpoint)).toEqual({
        appended: false,
        stored: block(B, 0).checkpoint,
      });
      expect(await ledger.append(block(A, 2), block(A, 1).checkpoint)).toEqual({ appended: true });
      expect(await ledger.readBlock(B, 0)).toEqual(block(B, 0));
      expect(await ledger.readBlock(B, 1)).toBeUndefined();
    });
  });

  describe(`${name}: reading`, () => {
    test('gives a block back byte for byte', async () => {
      const ledger = await ledgerWith(2);
      expect(await ledger.readBlock(A, 1)).toEqual(block(A, 1));
      await ledger.append(digestBlock(A, 2), block(A, 1).checkpoint);
      expect(await ledger.readBlock(A, 2)).toEqual(digestBlock(A, 2));
    });

    test('knows no block of a node or number that was never written', async () => {
      const ledger = await ledgerWith(2);
      expect(await ledger.readBlock(A, 2)).toBeUndefined();
      expect(await ledger.readBlock(B, 0)).toBeUndefined();
    });

    test('finds each record of a full block, and none beyond the last', async () => {
      const ledger = await ledgerWith(2);
      const records = block(A, 1).body.toString().trimEnd().split('\n');
      for (const [index, record] of records.entries()) {
        expect((await ledger.readRecord({ node: A, block: 1, index }))?.toString()).toBe(record);
      }
      expect(await ledger.readRecord({ node: A, block: 1, index: records.length })).toBeUndefined();
      expect(await ledger.readRecord({ node: A, block: 7, index: 0 })).toBeUndefined();
      expect(await ledger.readRecord({ node: B, block: 1, index: 0 })).toBeUndefined();
    });

    test('finds the hash of each record of a digest block, and none beyond the last', async () => {
      const ledger = await ledgerWith(1);
      const digest = digestBlock(A, 1);
      await ledger.append(digest, block(A, 0).checkpoint);
      for (let index = 0; index < digest.body.length / 32; index++) {
        const hash = digest.body.subarray(index * 32, (index + 1) * 32);
        expect(Buffer.compare((await ledger.readRecord({ node: A, block: 1, index }))!, hash)).toBe(0);
      }
      expect(await ledger.readRecord({ node: A, block: 1, index: digest.body.length / 32 })).toBeUndefined();
    });
  });

  describe(`${name}: the bound`, () => {
    const BLOCKS = 40;
    const KEPT = 10;

    test('drops the oldest blocks, keeps the newest, and never a birth', async () => {
      const ledger = await create({ ...WIDE, blockBytesMax: KEPT * bytesOf(block(A, 1)) });
      await grow(ledger, A, BLOCKS);
      const kept = await numbersOf(ledger, A);
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(BLOCKS - 1);
      expect(kept.slice(1)).toEqual(
        Array.from({ length: kept.length - 1 }, (_, at) => BLOCKS - kept.length + 1 + at),
      );
      expect(kept.length).toBeGreaterThan(KEPT / 2);
      expect(kept.length).toBeLessThanOrEqual(KEPT + 1);
    });

    test('leaves every node its birth and its newest block', async () => {
      const ledger = await create({ ...WIDE, blockBytesMax: KEPT * bytesOf(block(A, 1)) });
      for (const node of [A, B]) {
        await grow(ledger, node, BLOCKS);
        const kept = await numbersOf(ledger, node);
        expect([kept[0], kept.at(-1)]).toEqual([0, BLOCKS - 1]);
      }
      expect(await numbersOf(ledger, A)).toContain(0);
    });

    test('does not stop a log whose last block was dropped', async () => {
      const ledger = await create({ ...WIDE, blockBytesMax: 1 });
      await grow(ledger, A, 3);
      expect(await ledger.append(block(A, 3), block(A, 2).checkpoint)).toEqual({ appended: true });
      expect(await ledger.readBlock(A, 0)).toEqual(block(A, 0));
    });
  });

  logsConformance(name, (bounds) => create({ ...WIDE, ...bounds }));
  catalogueConformance(name, (catalogueBytesMax) => create({ ...WIDE, catalogueBytesMax }));

  async function ledgerWith(blocks: number): Promise<Ledger> {
    const ledger = await create(WIDE);
    await grow(ledger, A, blocks);
    return ledger;
  }

  async function numbersOf(ledger: Ledger, node: string): Promise<number[]> {
    const numbers: number[] = [];
    for (let number = 0; number < 40; number++) {
      if ((await ledger.readBlock(node, number))?.body !== undefined) numbers.push(number);
    }
    return numbers;
  }
}
