import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runBuilt } from '../support/built-process.js';
import { type BuiltServer, serveThisTest, startBuiltServer } from '../support/built-server.js';
import { capAt } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { goodRound } from '../support/rounds.js';

let server: BuiltServer;
let folder: string;
let exported: string;
let recordId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-replay-'));
  server = await startBuiltServer();
  await send('PUT', '/v1/policies/house', capAt(0.95));
  const answer = await send('POST', '/v1/rounds', { ...goodRound(), policies: ['house'] });
  recordId = answer.headers.get('parley-record')!;
  await send('POST', '/v1/rounds', goodRound({ id: 'other' }));
  exported = join(folder, 'trail.ndjson');
  await run('export', '--from', server.address, exported);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

describe('parley replay', () => {
  test.each(['engine', 'file'])('--all finds every decision of an %s equal', async (from) => {
    const { status, stdout, stderr } = await run(
      'replay',
      '--all',
      '--from',
      from === 'file' ? exported : server.address,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Replayed 2 decisions: 2 equal, 0 different, 0 impossible to replay.');
    expect(stdout).toContain('Read 2 records of births, policies and profiles.');
  });

  test.each(['its record', 'its round'])('replays one by %s', async (by) => {
    for (const from of [server.address, exported]) {
      const id = by === 'its record' ? recordId : 'round-1';
      const { status, stdout } = await run('replay', id, '--from', from);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: `${recordId}: equal. Deciding again gives the same bytes.\n`,
      });
    }
  });

  test('asks the engine that listens where the configuration says', async () => {
    const { status, stdout } = await runBuilt(['replay', '--all'], {
      environment: { PARLEY_PORT: String(server.port) },
    });
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(stdout).toContain('2 equal');
  });

  test.each([
    ['a price changed by a micro', '910000', '910001', '/lots/0/bids/0/award/priceMicros'],
    ['a policy changed', '"max":0.95', '"max":0.85', '/lots/0/bids/1/award'],
  ])('finds %s in an export', async (_says, before, after, pointer) => {
    const [escaped, changed] = [before, after].map((text) => text.replaceAll('"', '\\"'));
    const fault = fileWith(readFileSync(exported, 'utf8').replace(escaped!, changed!));
    const { status, stdout } = await run('replay', '--all', '--from', fault);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^n[0-9a-f]{16}-\d-0: DIFFERENT at /m);
    expect(stdout).toContain(pointer);
    expect(stdout).toContain('1 equal, 1 different');
  });

  test.each([
    ['was cut off', (text: string) => text.split('\n').slice(0, 3).join('\n'), /was cut off/],
    [
      'holds something else',
      () => '{"format":"parley-trail","version":1}\nnothing\n',
      /line 2: this is no block/,
    ],
  ])('refuses an export that %s', async (_says, spoil, reason) => {
    const spoilt = fileWith(spoil(readFileSync(exported, 'utf8')));
    const { status, stderr } = await run('replay', '--all', '--from', spoilt);
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
  });

  test('reads records from standard input, the policy before or behind what names it', async () => {
    const records = recordsOf(exported);
    for (const input of [records, records.toReversed()]) {
      const { status, stdout } = await runBuilt(['replay', '-'], { input: `${input.join('\n')}\n` });
      expect({ status, stdout }).toMatchObject({ status: 0 });
      expect(stdout).toContain('2 equal');
    }
  });

  test('takes the policies of a record from the trail that is named, and says which is missing', async () => {
    const input = recordsOf(exported).find((record) => record.includes('"id":"round-1"'))!;
    const alone = await runBuilt(['replay', '-'], { input });
    expect(alone).toMatchObject({ status: 1 });
    expect(alone.stdout).toContain(
      'line 1: cannot be replayed. The record of the policy house@1 is not here.',
    );
    expect(await runBuilt(['replay', '-', '--from', exported], { input })).toMatchObject({ status: 0 });
  });

  test('says that of hashes there is nothing to replay', async () => {
    const digest = await serveThisTest({ PARLEY_RETENTION: 'digest' });
    const connection = await connectTo(digest);
    const { headers } = await connection.ask({ body: JSON.stringify(goodRound()) });
    const all = await run('replay', '--all', '--from', digest.address);
    expect(all.status).toBe(1);
    expect(all.stdout).toContain('Of 1 record only the hash is kept');
    const one = await run('replay', headers['parley-record']!, '--from', digest.address);
    expect(one.status).toBe(2);
    expect(one.stderr).toContain('there is nothing to replay');
  });

  test.each<readonly [readonly string[], RegExp]>([
    [['replay'], /^Usage: parley replay/],
    [['replay', 'a', 'b'], /^Usage/],
    [['replay', '--all', '--from'], /^Usage/],
    [['replay', '--all', '--from', '/nowhere/trail.ndjson'], /^Cannot read/],
    [['replay', '--all', '--from', 'http://127.0.0.1:1'], /^No engine answers/],
    [['explain'], /^Usage: parley explain/],
  ])('%j is refused', async (args, reason) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
  });

  test('says that there is no record of an id', async () => {
    const { status, stderr } = await run('replay', 'nobody', '--from', server.address);
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'nobody: there is no record of this id.\n' });
  });
});

describe('parley explain', () => {
  test('tells the same from an engine, an export and a file of records', async () => {
    const [engine, file] = [
      await run('explain', recordId, '--from', server.address),
      await run('explain', 'round-1', '--from', exported),
    ];
    expect(engine.status).toBe(0);
    expect(engine.stdout).toContain('Would have won with 0.05 less: 0.95 instead of 1.00.');
    expect(file.stdout).toBe(engine.stdout);
    const records = recordsOf(exported).filter((record) => /"kind":"policy"|"id":"round-1"/.test(record));
    const own = await run('explain', fileWith(`${records.join('\n')}\n`));
    expect(own.stdout).toBe(engine.stdout.replace(`, record ${recordId}`, ''));
  });

  test('has its own words where the record was changed', async () => {
    const record = recordsOf(exported).find((each) => each.includes('"id":"other"'))!;
    const { stdout } = await run('explain', fileWith(record.replace('910000', '910001')));
    expect(stdout).toContain('CAREFUL: deciding again gives another record');
    expect(stdout).toContain('/lots/0/bids/0/award/priceMicros: stored 910001, recomputed 910000');
  });
});

function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${server.address}${path}`, { method, headers, body: JSON.stringify(body) });
}

function run(...args: readonly string[]) {
  return runBuilt(args);
}

let files = 0;

function fileWith(text: string): string {
  const path = join(folder, `file-${files++}`);
  writeFileSync(path, text);
  return path;
}

/** Every record of an export, in its order. */
function recordsOf(path: string): readonly string[] {
  const blocks = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1, -1);
  return blocks.flatMap((block) => (JSON.parse(block) as { body: string }).body.trimEnd().split('\n'));
}
