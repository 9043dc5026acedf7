import { beforeAll, describe, expect, test } from 'vitest';
import { ALDER, BIRCH, blocksOf, CEDAR, exported, threeLogs, writeLog } from '../support/exported-trail.js';
import { memoryLedger } from '../support/memory-ledger.js';
import { AMONG_BLOCKS } from './among-blocks.js';
import { INSIDE_BLOCKS } from './inside-blocks.js';
import type { Trail } from './tampering.js';
import { verifyText } from './verifying.js';

let trail: Trail;

beforeAll(async () => {
  trail = await threeLogs();
});

describe('a trail with', () => {
  test.each([...INSIDE_BLOCKS, ...AMONG_BLOCKS])(
    '$says does not fit, and it is told where',
    async ({ lines, given, record, why }) => {
      const { result } = await verifyText(lines(trail.lines, trail).join(''), given?.(trail));
      expect(result).toEqual({ record, why: expect.stringMatching(why) as string });
    },
  );
});

describe('a trail as it was written', () => {
  test.each([1, 7, 4096, 1e6])('fits, %d bytes at a time', async (pieceBytes) => {
    const { result, logs } = await verifyText(trail.lines.join(''), { pieceBytes });
    expect(result).toMatchObject({ logs: 3, blocks: 12 });
    expect(logs).toEqual([
      { node: ALDER, records: 12, digests: 0 },
      { node: BIRCH, records: 1, digests: 5 },
      { node: CEDAR, records: 3, digests: 0 },
    ]);
  });

  test('fits under the keys of its nodes, and with every checkpoint that was ever signed', async () => {
    const keys = [trail.alder, trail.birch, trail.cedar].map(({ publicKey }) => publicKey);
    const blocks = await blocksOf(trail.ledger, ALDER);
    const checkpoints = blocks.map(({ checkpoint }) => checkpoint);
    const { result } = await verifyText(trail.lines.join(''), { keys, checkpoints });
    expect(result).toMatchObject({ logs: 3, blocks: 12 });
  });

  test('without any log fits', async () => {
    expect((await verifyText(exported().join(''))).result).toMatchObject({ logs: 0, blocks: 0 });
  });
});

test('a second history, signed by the same node under the same name, is caught by who holds a checkpoint of the first', async () => {
  const ledger = memoryLedger();
  const { log } = await writeLog(ledger, { node: ALDER, retention: 'full', blocks: [1, 2] });
  const checkpoints = [log.checkpoint];
  const rewritten = memoryLedger();
  await writeLog(rewritten, { node: ALDER, retention: 'full', blocks: [1, 3] });
  const lines = exported(await blocksOf(rewritten, ALDER)).join('');
  expect((await verifyText(lines)).result).toMatchObject({ logs: 1 });
  const why = expect.stringMatching(/the checkpoint you hold/) as string;
  expect((await verifyText(lines, { checkpoints })).result).toEqual({ record: `${ALDER}-2-0`, why });
});
