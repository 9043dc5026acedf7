import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBuilt, runBuilt } from '../support/built-process.js';
import { serveThisTest } from '../support/built-server.js';
import { clearLines } from '../support/line-stream.js';
import { bid, bytesOf, goodRound, manyBids } from '../support/rounds.js';
import { until } from '../support/until.js';

const environment = { PARLEY_TIE_KEY: 'c3'.repeat(32) };
const ROUND = JSON.stringify(goodRound());
const TIED = goodRound({ id: 'tied', bids: ['b1', 'b2', 'b3', 'b4', 'b5'].map((id) => bid(id, 1)) });

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-batch-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('parley clear --batch', () => {
  test('answers a file and standard input as HTTP does, line by line', async () => {
    const rounds = Array.from({ length: 2000 }, (_, index) =>
      JSON.stringify({ ...(index % 2 === 0 ? TIED : goodRound()), id: `r${index}` }),
    );
    const text = `${rounds.join('\n')}\n`;
    const file = fileOf(text);
    const expected = await clearLines(await serveThisTest(environment), text);
    const three = { ...environment, PARLEY_THREADS: '3', PARLEY_BATCH_ROUNDS_MAX: '8' };
    const [fromFile, fromInput] = await Promise.all([
      runBuilt(['clear', '--batch', file], { environment: three }),
      runBuilt(['clear', '--batch', '-'], { environment, input: text }),
    ]);
    for (const ended of [fromFile, fromInput]) {
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(ended.stdout.split('\n')).toEqual([...expected, '']);
    }
  });

  test('gives the same file the same answers every time, ids and ties among them', async () => {
    const nameless = JSON.stringify({ ...TIED, id: undefined });
    const input = `${`${nameless}\n`.repeat(50)}${ROUND}\n`;
    const runs = await Promise.all(
      ['1', '2'].map((threads) =>
        runBuilt(['clear', '--batch', '-'], { input, environment: { PARLEY_THREADS: threads } }),
      ),
    );
    expect(runs[0]!.stdout).toMatch(/^\{"id":"sha256-[0-9a-f]{16}",/);
    expect(new Set(runs[0]!.stdout.trimEnd().split('\n')).size).toBe(2);
    expect(runs[1]!.stdout).toBe(runs[0]!.stdout);
    const alone = await runBuilt(['clear', '-'], { input: nameless });
    expect(runs[0]!.stdout.startsWith(alone.stdout)).toBe(true);
  });

  test('ends with status 1 when a line is refused, says which, and clears the others', async () => {
    const file = fileOf(`${ROUND}\r\n\r\n{\n${JSON.stringify(goodRound({ currency: 'usd' }))}\n${ROUND}`);
    const { status, stdout, stderr } = await runBuilt(['clear', '--batch', file], { environment });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const message = expect.stringMatching(/\S/) as string;
    expect(lines).toEqual([
      expect.objectContaining({ outcome: 'cleared' }),
      { line: 3, code: 'NOT_JSON', message },
      { line: 4, code: 'INVALID_ROUND', message, path: '/currency' },
      expect.objectContaining({ outcome: 'cleared' }),
    ]);
  });

  test('holds back a sender while nobody reads the answers', async () => {
    const { child, ended } = launchBuilt(['clear', '--batch', '-'], { environment });
    child.stdout!.pause();
    const block = `${bytesOf(goodRound({ explain: true, bids: manyBids(50) })).toString()}\n`.repeat(50);
    let blocks = 0;
    let mayGoOn = true;
    while (mayGoOn) {
      blocks++;
      expect(blocks * block.length, 'far less is taken than could be sent').toBeLessThan(100_000_000);
      if (child.stdin!.write(block)) continue;
      mayGoOn = await until('the sender may go on', () => !child.stdin!.writableNeedDrain, 1500).then(
        () => true,
        () => false,
      );
    }
    child.stdout!.resume();
    child.stdin!.end();
    const { status, stdout } = await ended;
    expect(status).toBe(0);
    expect(stdout.split('\n')).toHaveLength(50 * blocks + 1);
  });

  test('answers what it took when it is told to stop, and ends with status 130', async () => {
    const { child, written, ended } = launchBuilt(['clear', '--batch', '-'], { environment });
    child.stdin!.write(`${ROUND}\n`.repeat(3));
    await until('the answers are there', () => written.stdout.split('\n').length === 4);
    child.kill('SIGINT');
    const { status, stdout, stderr } = await ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(stdout.split('\n')).toHaveLength(4);
  });

  test('ends in silence when its reader has enough', async () => {
    const { child, written, ended } = launchBuilt(['clear', '--batch', fileOf(`${ROUND}\n`.repeat(20_000))]);
    await until('the first answers are there', () => written.stdout.length > 0);
    child.stdout!.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('what parley clear --batch cannot read ends with status 2 and one sentence', () => {
  test.each<[string, () => string[], string]>([
    ['a file that is not there', () => [join(folder, 'missing.ndjson')], 'missing.ndjson'],
    ['a folder', () => [folder], 'parley-batch-'],
    ['no file at all', () => [], 'Usage'],
    ['two files', () => [fileOf(ROUND), fileOf(ROUND)], 'Usage'],
  ])('%s', async (_, paths, named) => {
    const { status, stdout, stderr } = await runBuilt(['clear', '--batch', ...paths()]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

function fileOf(text: string): string {
  const file = join(folder, `rounds-${process.hrtime.bigint()}.ndjson`);
  writeFileSync(file, text);
  return file;
}
