import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBuilt } from '../support/built-process.js';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { bid, bytesOf, GOOD_BYTES, goodRound, lot } from '../support/rounds.js';

const environment = { PARLEY_TIE_KEY: 'c3'.repeat(32) };

/** Rounds in which ties, several lots and details show whether both doors use one room. */
const ROUNDS = [
  goodRound(),
  goodRound({ id: 'tied', explain: true, bids: ['b1', 'b2', 'b3', 'b4', 'b5'].map((id) => bid(id, 1)) }),
  goodRound({
    id: 'slots',
    format: 'vcg',
    lots: [lot('homepage', { slots: [1, 0.6], floor: 0.3 })],
    bids: [bid('b1', 1), bid('b2', 1), bid('b3', 1)],
  }),
];

let server: BuiltServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-clear-'));
  server = await startBuiltServer(environment);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

describe('parley clear', () => {
  test.each(ROUNDS)(
    'answers round $id from a file and from standard input as HTTP does, byte for byte',
    async (round) => {
      const connection = await connectTo(server);
      const { status, body } = await connection.ask({ body: bytesOf(round) });
      expect(status, body).toBe(200);
      const file = fileOf(bytesOf(round));
      const [fromFile, fromInput] = await Promise.all([
        runBuilt(['clear', file], { environment }),
        runBuilt(['clear', '-'], { environment, input: bytesOf(round) }),
      ]);
      const expected = { status: 0, stdout: `${body}\n`, stderr: '' };
      expect(fromFile).toMatchObject(expected);
      expect(fromInput).toMatchObject(expected);
    },
  );

  test('names a round without an id by its bytes', async () => {
    const nameless = bytesOf({ ...goodRound(), id: undefined });
    const [first, second] = await Promise.all([
      runBuilt(['clear', '-'], { input: nameless }),
      runBuilt(['clear', '-'], { input: nameless }),
    ]);
    expect(first.stdout).toMatch(/^\{"id":"sha256-[0-9a-f]{16}",/);
    expect(second.stdout).toBe(first.stdout);
  });
});

describe('a round that parley clear refuses', () => {
  test.each<[string, Buffer | string, object]>([
    ['is no JSON', '{', { code: 'NOT_JSON' }],
    [
      'is no round',
      bytesOf({ ...goodRound(), currency: 'usd' }),
      { code: 'INVALID_ROUND', path: '/currency' },
    ],
    [
      'names a policy',
      bytesOf({ ...goodRound(), policies: ['x'] }),
      { code: 'UNKNOWN_POLICY', path: '/policies/0' },
    ],
  ])('because it %s ends with status 1 and says why on standard error', async (_, input, refusal) => {
    const { status, stdout, stderr } = await runBuilt(['clear', '-'], { input });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject(refusal);
  });
});

describe('what parley clear cannot read ends with status 2 and one sentence', () => {
  test.each<[string, () => string[], string | undefined]>([
    ['a file that is not there', () => ['clear', join(folder, 'missing.json')], 'missing.json'],
    ['a folder', () => ['clear', folder], 'parley-clear-'],
    ['no file at all', () => ['clear'], 'Usage'],
    ['two files', () => ['clear', fileOf(GOOD_BYTES), fileOf(GOOD_BYTES)], 'Usage'],
    ['a file over the limit', () => ['clear', fileOf(Buffer.alloc(1_048_577, ' '))], '1048576'],
  ])('%s', async (_, args, named) => {
    const { status, stdout, stderr } = await runBuilt(args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a wrong option, which is named', async () => {
    const { status, stderr } = await runBuilt(['clear', '-'], {
      environment: { PARLEY_BIDS_MAX: 'many' },
      input: GOOD_BYTES,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^PARLEY_BIDS_MAX must be /);
  });
});

function fileOf(bytes: Buffer): string {
  const file = join(folder, `round-${process.hrtime.bigint()}.json`);
  writeFileSync(file, bytes);
  return file;
}
