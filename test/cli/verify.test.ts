import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/schema/receipt.js';
import { runBuilt } from '../support/built-process.js';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { ALDER, threeLogs } from '../support/exported-trail.js';
import { goodRound } from '../support/rounds.js';

let folder: string;
let server: BuiltServer;
let trail: Awaited<ReturnType<typeof threeLogs>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-verify-'));
  trail = await threeLogs();
  server = await startBuiltServer({ PARLEY_BATCH_ROUNDS_MAX: '2' });
  const body = `${JSON.stringify(goodRound({ id: 'cli' }))}\n`.repeat(3000);
  const headers = { 'content-type': 'application/x-ndjson' };
  await (await fetch(`${server.address}/v1/rounds/batch`, { method: 'POST', headers, body })).text();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

describe('parley export', () => {
  test('writes the trail of a running engine, page by page, which verify takes from a file, a pipe and the engine', async () => {
    const path = join(folder, 'exported.ndjson');
    const written = await runBuilt(['export', '--from', server.address, path]);
    expect(written).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.length, 'there is more than a page').toBeGreaterThan(1004);
    const piped = await runBuilt(['export', '--from', server.address, '-']);
    expect(piped.stdout).toBe(lines.join('\n'));
    const verified = await Promise.all([
      runBuilt(['verify', path]),
      runBuilt(['verify', '-'], { input: piped.stdout }),
      runBuilt(['verify', '--from', server.address]),
    ]);
    for (const { status, stdout, stderr } of verified) {
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('It fits: 3,001 records in ');
    }
  });

  test.each<[string, string[], RegExp]>([
    ['no trail to read', ['x.ndjson'], /--from URL.*REDIS_URL/],
    ['no file', ['--from', 'http://127.0.0.1:9'], /^Usage/],
    ['no address', ['--from', 'elsewhere', 'x.ndjson'], /^--from must be/],
    ['an address where nothing answers', ['--from', 'http://127.0.0.1:9', 'x.ndjson'], /^No engine answers/],
    ['an unknown option', ['--to', 'x'], /Usage/],
  ])('with %s ends with status 2', async (_, args, says) => {
    const { status, stdout, stderr } = await runBuilt(['export', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });
});

describe('parley verify', () => {
  test('says what it checked whole, by hash, and by header only, and what it cannot know', async () => {
    const { status, stdout } = await runBuilt(['verify', fileOf(trail.lines.join(''))]);
    expect(status).toBe(0);
    expect(stdout).toContain('It fits: 16 records in 12 blocks of 3 logs.');
    expect(stdout).toContain('Of 5 more records only hashes are kept');
    expect(stdout).toContain('Of 4 more records nothing is left but the headers of their blocks');
    expect(stdout).toContain('2 blocks trimmed (of 1 to 2), their headers only');
    expect(stdout).toContain('its own birth record names');
    expect(stdout).toContain('a second history shown to others');
  });

  test('names the first record that does not fit, and ends with status 1', async () => {
    const changed = trail.lines.join('').replace(`${ALDER}-3-2`, `${ALDER}-3-3`);
    const { status, stdout, stderr } = await runBuilt(['verify', fileOf(changed)]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain(
      `The first record that cannot be relied on is ${ALDER}-3-2: it is not the record`,
    );
  });

  test('trusts the keys it is given, on the line or in a file, and no other', async () => {
    const path = fileOf(trail.lines.join(''));
    const keys = [trail.alder, trail.birch, trail.cedar].map(({ publicKey }) => publicKey);
    const file = fileOf(`# nodes\n\n${keys.slice(1).join('\n')}\n`);
    const all = await runBuilt(['verify', path, '--key', keys[0]!.toUpperCase(), '--keys', file]);
    expect(all.status, all.stdout).toBe(0);
    expect(all.stdout).toContain('one that you gave');
    const some = await runBuilt(['verify', path, '--keys', file]);
    expect(some.status).toBe(1);
    expect(some.stdout).toContain(`${ALDER}-0-0: its log has the key ${keys[0]!}, which you do not trust`);
  });

  test('holds a trail against a checkpoint that was kept', async () => {
    const kept = fileOf(trail.alder.log.checkpoint);
    const whole = await runBuilt(['verify', fileOf(trail.lines.join('')), '--checkpoint', kept]);
    expect(whole.status, whole.stdout).toBe(0);
    const short = `${trail.lines.slice(0, 4).join('')}{"blocks":3,"end":true,"logs":1}\n`;
    expect((await runBuilt(['verify', fileOf(short)])).status).toBe(0);
    const { status, stdout } = await runBuilt(['verify', fileOf(short), '--checkpoint', kept]);
    expect(status).toBe(1);
    expect(stdout).toContain(`${ALDER}-3-0: it is missing: the checkpoint you hold covers 5 blocks`);
  });

  test('takes a receipt as the engine answers it', async () => {
    const text = await (await fetch(`${server.address}/v1/receipts/cli`)).text();
    const { id } = JSON.parse(text) as Receipt;
    const fits = await runBuilt(['verify', '-'], { input: text });
    expect(fits.status).toBe(0);
    expect(fits.stdout).toContain(`It fits: this record is ${id}`);
    const changed = await runBuilt(['verify', '-'], { input: text.replace('second-price', 'fourth-price') });
    expect(changed.status).toBe(1);
    expect(changed.stdout).toContain(`is ${id}: it is not the record`);
  });

  test.each(['', '{', '{}', 'a,b\n1,2\n'])('says that %j is neither a trail nor a receipt', async (input) => {
    const { status, stdout } = await runBuilt(['verify', '-'], { input });
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringContaining('neither an exported trail nor a receipt') as string,
    });
  });

  test.each<[string, () => string[], RegExp]>([
    ['nothing to verify', () => [], /Name a file.*REDIS_URL/],
    ['a file that is not there', () => [join(folder, 'missing')], /^Cannot read .*missing/],
    ['a folder', () => [folder], /^Cannot read /],
    ['two files', () => ['a', 'b'], /^Usage/],
    ['a file and an engine', () => ['a', '--from', 'http://127.0.0.1:9'], /^Usage/],
    ['a key that is none', () => ['a', '--key', '00'], /64 hex digits/],
    ['a file without keys', () => ['a', '--keys', fileOf('# none\n')], /have no key/],
    ['a checkpoint that is none', () => ['a', '--checkpoint', fileOf('note')], /is no checkpoint/],
    ['an unknown option', () => ['a', '--quick'], /Usage/],
  ])('with %s ends with status 2', async (_, args, says) => {
    const { status, stdout, stderr } = await runBuilt(['verify', ...args()]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });
});

function fileOf(text: string): string {
  const path = join(folder, `file-${process.hrtime.bigint()}`);
  writeFileSync(path, text);
  return path;
}
