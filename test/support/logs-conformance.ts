import { describe, expect, test } from 'vitest';
import type { KeptAnswer, Ledger, StoredBlock } from '../../src/engine/ledger-port.js';
import { roundKeyOf } from '../../src/trail/round-key.js';
import { block, bytesOf, grow } from './blocks.js';

const [A, B, C] = ['n00000000000000aa', 'n00000000000000bb', 'n00000000000000cc'];
const HOUR_MS = 3_600_000;
const MANY = 1000;

/** What every ledger promises about reading logs, closing them, and what it keeps of them. */
export function logsConformance(
  name: string,
  create: (bounds?: { readonly blockBytesMax: number }) => Ledger | Promise<Ledger>,
): void {
  describe(`${name}: readBlocks`, () => {
    test.each([
      [0, 10, [0, 1, 2, 3, 4]],
      [0, 2, [0, 1]],
      [0, 1, [0]],
      [1, 2, [1, 2]],
      [4, 10, [4]],
      [5, 10, []],
      [0, 0, []],
    ])('from %i on, at most %i', async (from, limit, numbers) => {
      const ledger = await ledgerWith(5);
      expect(await ledger.readBlocks(A, from, limit)).toEqual(numbers.map((number) => block(A, number)));
      expect(await ledger.readBlocks(B, from, limit)).toEqual([]);
    });

    test('stops before there are too many bytes, but gives a block in any case', async () => {
      const ledger = await create();
      const large = [1, 2, 3].map((number) => ({
        ...block(A, number),
        body: Buffer.alloc(3_000_000, number),
      }));
      await appendAll(ledger, [block(A, 0), ...large]);
      expect(numbersOf(await ledger.readBlocks(A, 0, MANY))).toEqual([0, 1]);
      expect(numbersOf(await ledger.readBlocks(A, 2, MANY))).toEqual([2]);
    });

    test('gives any bytes back as they were', async () => {
      const ledger = await create();
      const bytes = Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256));
      const odd = { ...block(A, 1), body: bytes, roundKeys: bytes };
      await appendAll(ledger, [block(A, 0), odd]);
      expect(await ledger.readBlocks(A, 1, 1)).toEqual([odd]);
    });
  });

  describe(`${name}: readHeaders`, () => {
    test.each([
      [0, 10, [0, 1, 2, 3, 4]],
      [0, 2, [0, 1]],
      [0, 1, [0]],
      [2, 2, [2, 3]],
      [5, 10, []],
      [0, 0, []],
    ])('from %i on, at most %i', async (from, limit, numbers) => {
      const ledger = await ledgerWith(5);
      const headers = numbers.map((number) => block(A, number).header);
      expect(await ledger.readHeaders(A, from, limit)).toEqual(headers);
      expect(await ledger.readHeaders(B, from, limit)).toEqual([]);
    });
  });

  describe(`${name}: readHead and listNodes`, () => {
    test('tell of a log how far it goes, and of none nothing', async () => {
      const ledger = await ledgerWith(3);
      const { checkpoint } = block(A, 2);
      expect(await ledger.readHead(A)).toEqual({ size: 3, checkpoint, firstKept: 1, isFenced: false });
      expect(await ledger.readHead(B)).toBeUndefined();
    });

    test('list every node that has a log, by name', async () => {
      const ledger = await create();
      expect(await ledger.listNodes('', MANY)).toEqual([]);
      for (const node of [C, A, B]) await grow(ledger, node, 2);
      expect(await ledger.listNodes('', MANY)).toEqual([A, B, C]);
      expect(await ledger.listNodes('', 2)).toEqual([A, B]);
      expect(await ledger.listNodes(A, 1)).toEqual([B]);
      expect(await ledger.listNodes(C, MANY)).toEqual([]);
    });
  });

  describe(`${name}: fence`, () => {
    test('closes a log for every block that it has not, and keeps what it has', async () => {
      const ledger = await ledgerWith(3);
      await ledger.fence(A);
      expect(await ledger.append(block(A, 3), block(A, 2).checkpoint)).toEqual({
        appended: false,
        fenced: true,
      });
      expect(await ledger.append(block(A, 2), block(A, 1).checkpoint)).toEqual({ appended: true });
      expect(await ledger.readHead(A)).toMatchObject({ size: 3, isFenced: true });
      expect(numbersOf(await ledger.readBlocks(A, 0, MANY))).toEqual([0, 1, 2]);
    });

    test('closes a log that nobody has begun, and no other', async () => {
      const ledger = await create();
      await ledger.fence(A);
      expect(await ledger.append(block(A, 0), undefined)).toEqual({ appended: false, fenced: true });
      expect(await ledger.readHead(A)).toBeUndefined();
      expect(await ledger.append(block(B, 0), undefined)).toEqual({ appended: true });
    });
  });

  describe(`${name}: what is kept of a long log`, () => {
    const BLOCKS = 30;

    test('is the header and checkpoint of a block whose body has gone', async () => {
      const ledger = await create({ blockBytesMax: 5 * bytesOf(block(A, 1)) });
      await grow(ledger, A, BLOCKS);
      const { firstKept } = (await ledger.readHead(A))!;
      expect(firstKept).toBeGreaterThan(BLOCKS - 7);
      expect(firstKept).toBeLessThan(BLOCKS - 2);
      const blocks = await ledger.readBlocks(A, 0, MANY);
      expect(blocks).toEqual(
        Array.from({ length: BLOCKS }, (_, number) =>
          number === 0 || number >= firstKept ? block(A, number) : trimmed(number),
        ),
      );
      expect(await ledger.readHeaders(A, 0, MANY)).toEqual(blocks.map(({ header }) => header));
      expect(await ledger.readRecord({ node: A, block: firstKept - 1, index: 0 })).toBeUndefined();
      expect(await ledger.readRecord({ node: A, block: firstKept, index: 0 })).toBeDefined();
    });

    test('is no body but the newest when there is room for none', async () => {
      const ledger = await create({ blockBytesMax: 1 });
      await grow(ledger, A, 4);
      expect(await ledger.readHead(A)).toMatchObject({ size: 4, firstKept: 3 });
      expect(await ledger.readBlocks(A, 2, MANY)).toEqual([trimmed(2), block(A, 3)]);
    });
  });

  describe(`${name}: findRecords`, () => {
    const wanted = roundKeyOf('wanted');
    const other = roundKeyOf('other');

    test('finds the records of a round in all logs, newest first', async () => {
      const ledger = await create();
      await appendAll(ledger, [
        dated(A, 0, 1, []),
        dated(A, 1, 10, [wanted]),
        dated(A, 2, 30, [other, wanted, wanted]),
      ]);
      await appendAll(ledger, [dated(B, 0, 2, []), dated(B, 1, 20, [wanted, other])]);
      const found = [
        { node: A, block: 2, index: 2 },
        { node: A, block: 2, index: 1 },
        { node: B, block: 1, index: 0 },
        { node: A, block: 1, index: 0 },
      ];
      expect(await ledger.findRecords(wanted, MANY)).toEqual(found);
      expect(await ledger.findRecords(wanted, 1)).toEqual(found.slice(0, 1));
      expect(await ledger.findRecords(wanted, 3)).toEqual(found.slice(0, 3));
      expect(await ledger.findRecords(roundKeyOf('unheard of'), MANY)).toEqual([]);
    });

    test('takes the end of one key and the beginning of the next for nothing', async () => {
      const ledger = await create();
      const straddled = Buffer.concat([Buffer.alloc(4), wanted, Buffer.alloc(4)]);
      await appendAll(ledger, [
        dated(A, 0, 1, []),
        dated(A, 1, 2, [straddled]),
        dated(A, 2, 3, [straddled, wanted]),
      ]);
      expect(await ledger.findRecords(wanted, MANY)).toEqual([{ node: A, block: 2, index: 2 }]);
    });

    test('finds nothing whose body has gone', async () => {
      const ledger = await create({ blockBytesMax: 1 });
      await appendAll(
        ledger,
        [0, 1, 2].map((number) => dated(A, number, number, number === 0 ? [] : [wanted])),
      );
      expect(await ledger.findRecords(wanted, MANY)).toEqual([{ node: A, block: 2, index: 0 }]);
    });
  });

  describe(`${name}: answers that stand with a block`, () => {
    const answers: KeptAnswer[] = [1, 2].map((at) => ({
      key: String(at).repeat(64),
      bytes: Buffer.from([at, 0, 255]),
      keptMs: HOUR_MS,
    }));

    test('are found when the block stands, and are no part of it', async () => {
      const ledger = await ledgerWith(1);
      await ledger.append({ ...block(A, 1), answers }, block(A, 0).checkpoint);
      for (const { key, bytes } of answers) expect(await ledger.retries.readAnswer(A, key)).toEqual(bytes);
      expect(await ledger.retries.readAnswer(B, answers[0]!.key)).toBeUndefined();
      expect(await ledger.readBlock(A, 1)).toEqual(block(A, 1));
    });

    test('are not found when it was refused', async () => {
      const ledger = await ledgerWith(1);
      await ledger.append({ ...block(A, 1), answers }, 'something else');
      await ledger.fence(A);
      await ledger.append({ ...block(A, 1), answers }, block(A, 0).checkpoint);
      expect(await ledger.retries.readAnswer(A, answers[0]!.key)).toBeUndefined();
    });
  });

  async function ledgerWith(blocks: number): Promise<Ledger> {
    const ledger = await create();
    await grow(ledger, A, blocks);
    return ledger;
  }
}

/** Blocks of one log, from its birth on. */
async function appendAll(ledger: Ledger, blocks: readonly StoredBlock[]): Promise<void> {
  for (const [at, one] of blocks.entries())
    expect(await ledger.append(one, blocks[at - 1]?.checkpoint)).toEqual({ appended: true });
}

function dated(node: string, number: number, atMs: number, roundKeys: readonly Buffer[]): StoredBlock {
  return {
    ...block(node, number),
    header: `{"at":${atMs},"number":${number}}`,
    roundKeys: Buffer.concat(roundKeys),
  };
}

function trimmed(number: number) {
  const { node, header, checkpoint } = block(A, number);
  return { node, number, header, checkpoint, body: undefined };
}

function numbersOf(blocks: readonly { readonly number: number }[]): number[] {
  return blocks.map(({ number }) => number);
}
