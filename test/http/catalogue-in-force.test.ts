import { describe, expect, onTestFinished, test } from 'vitest';
import { parseRecordId } from '../../src/base/ids.js';
import { leafHash } from '../../src/trail/merkle.js';
import { serveThisTest } from '../support/built-server.js';
import { canonicalJson } from '../support/canonical-json.js';
import { capAt, catalogueCalls, profileUpTo } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import type { Answer } from '../support/http-messages.js';
import { bid, bytesOf, goodRound } from '../support/rounds.js';
import { scrape, sum } from '../support/metrics.js';

const TWO_THREADS = { PARLEY_THREADS: '2', PARLEY_BATCH_ROUNDS_MAX: '3' };

interface Decided {
  readonly id: string;
  readonly policies: readonly string[];
  readonly profile?: string;
  readonly losses: readonly { readonly bid: string; readonly detail?: { readonly limit: number } }[];
}

describe('a new version', () => {
  test('is in force for every round after its answer, on every worker', async () => {
    const server = await serveThisTest(TWO_THREADS);
    const { put } = catalogueCalls(await connectTo(server));
    const callers = await Promise.all(Array.from({ length: 12 }, () => connectTo(server)));
    for (let version = 1; version <= 10; version++) {
      expect((await put('house', capAt(version))).status).toBe(201);
      const answers = await Promise.all(callers.map((caller) => caller.ask({ body: ruledRound('r') })));
      for (const answer of answers) expect(limitTold(answer)).toEqual([`house@${version}`, version]);
    }
  });

  test('of a profile ranks the next round', async () => {
    const connection = await connectTo(await serveThisTest());
    const { put } = catalogueCalls(connection, 'profile');
    const utilityOf = async (profile: string): Promise<unknown> => {
      const { body } = await connection.ask({ body: bytesOf(goodRound({ profile })) });
      return JSON.parse(body);
    };
    await put('worth', profileUpTo(2));
    expect(await utilityOf('worth')).toMatchObject({ profile: 'worth@1', awards: [{ utility: 0.5 }] });
    await put('worth', profileUpTo(4));
    expect(await utilityOf('worth')).toMatchObject({ profile: 'worth@2', awards: [{ utility: 0.25 }] });
    expect(await utilityOf('worth@1')).toMatchObject({ profile: 'worth@1', awards: [{ utility: 0.5 }] });
  });

  test('never makes a round wait, fail or mix: 50 versions under load', async () => {
    const server = await serveThisTest(TWO_THREADS);
    const { put } = catalogueCalls(await connectTo(server));
    await put('house', capAt(1));
    const load = await loadOn(server, 8);
    for (let version = 2; version <= 50; version++) {
      const atLeast = load.answers.length + 1;
      expect((await put('house', capAt(version))).status).toBe(201);
      await load.reaches(atLeast);
    }
    const answers = await load.stop();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => decided(answer).id)).size).toBe(answers.length);
    const versions = new Set<number>();
    const lastOf = new Map<string, number>();
    for (const answer of answers) {
      const [reference, limit] = limitTold(answer);
      expect(reference).toBe(`house@${limit}`);
      versions.add(limit);
      // A caller that waits for each answer never goes back to an older version.
      const [caller = ''] = decided(answer).id.split('/');
      expect(limit).toBeGreaterThanOrEqual(lastOf.get(caller) ?? 1);
      lastOf.set(caller, limit);
    }
    expect(Math.min(...versions)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...versions)).toBe(50);
    expect(versions.size).toBeGreaterThan(10);
  });
});

test.each<[string, object, Expected]>([
  ['policy', { policies: ['house', 'nobody'] }, { code: 'UNKNOWN_POLICY', path: '/policies/1' }],
  ['version of a policy', { policies: ['house@2'] }, { code: 'UNKNOWN_POLICY', path: '/policies/0' }],
  ['profile', { profile: 'house' }, { code: 'UNKNOWN_PROFILE', path: '/profile' }],
  ['version of a profile', { profile: 'worth@2' }, { code: 'UNKNOWN_PROFILE', path: '/profile' }],
])('a round that names an unknown %s is refused', async (_, rules, expected) => {
  const connection = await connectTo(await doorOf(await engineOf()));
  await catalogueCalls(connection).put('house', capAt(1));
  await catalogueCalls(connection, 'profile').put('worth', profileUpTo(1));
  expectRefusal(await connection.ask({ body: bytesOf({ ...goodRound(), ...rules }) }), expected);
});

describe('the record of a version', () => {
  test.each(['full', 'digest'])('has the whole document with retention %s', async (retention) => {
    const engine = await engineOf({ PARLEY_RETENTION: retention });
    const connection = await connectTo(await doorOf(engine));
    const document = capAt(1, { sentence: 'Zwölf' });
    const beforeMs = Date.now();
    const { headers } = await catalogueCalls(connection).put('house', document);
    const address = parseRecordId(headers['parley-record']!)!;
    const text = (await engine.ledger.readRecord(address))!.toString();
    const record = JSON.parse(text) as { at: number };
    expect(record).toEqual({
      at: record.at,
      document,
      kind: 'policy',
      name: 'house',
      number: 1,
      version: 1,
    });
    expect(record.at).toBeGreaterThanOrEqual(beforeMs);
    expect(text).toBe(canonicalJson(record));
    const block = (await engine.ledger.readBlock(address.node, address.block))!;
    expect(block).toMatchObject({ retention: 'full' });
    expect(JSON.parse(block.header)).toMatchObject({ recordsRoot: leafHash(text).toString('hex') });
  });

  test('is not there with retention off, and the version is', async () => {
    const connection = await connectTo(await doorOf(await engineOf({ PARLEY_RETENTION: 'off' })));
    const { status, headers } = await catalogueCalls(connection).put('house', capAt(1));
    expect([status, headers['etag']]).toEqual([201, '"1"']);
    expect(headers).not.toHaveProperty('parley-record');
  });
});

test('a full catalogue takes nothing more, and everything in it stays in force', async () => {
  const server = await serveThisTest({ PARLEY_CATALOGUE_BYTES_MAX: '65536' });
  const connection = await connectTo(server);
  const { put, get, list } = catalogueCalls(connection);
  const large = (max: number) => ({ ...capAt(max), description: 'x'.repeat(1000) });
  let newest = 0;
  let answer = await put('house', large(1));
  for (; answer.status === 201; newest++) answer = await put('house', large(newest + 2));
  expectRefusal(answer, { code: 'CATALOGUE_FULL' });
  expect(newest).toBeGreaterThan(50);
  const samples = await scrape(server);
  expect(sum(samples, 'parley_catalogue_versions')).toBe(newest);
  expect(sum(samples, 'parley_catalogue_bytes')).toBeLessThanOrEqual(65_536);
  expect((await put('house', large(newest))).status).toBe(200);
  expect((await get('house@1')).status).toBe(200);
  expect(JSON.parse((await list()).body)).toEqual({ versions: [{ name: 'house', version: newest }] });
  const { body } = await connection.ask({ body: ruledRound('r') });
  expect((JSON.parse(body) as Decided).policies).toEqual([`house@${newest}`]);
});

/** One bid is above every cap, so that its loss tells the number of the version that stopped it. */
function ruledRound(id: string): Buffer {
  const bids = [bid('high', 1000), bid('low', 1)];
  return bytesOf(goodRound({ id, explain: true, policies: ['house'], bids }));
}

function decided({ status, body }: Answer): Decided {
  expect(status, body).toBe(200);
  return JSON.parse(body) as Decided;
}

/** The version that the answer names, and the number of the rule that was asked. */
function limitTold(answer: Answer): [string, number] {
  const { policies, losses } = decided(answer);
  return [policies.join(), losses.find((loss) => loss.bid === 'high')!.detail!.limit];
}

/** Callers that each post the next round when the last is answered, until they are stopped. */
async function loadOn(server: { readonly port: number }, callers: number) {
  const answers: Answer[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  onTestFinished(() => {
    isOver = true;
  });
  const connections = await Promise.all(Array.from({ length: callers }, () => connectTo(server)));
  const ends = connections.map(async (connection, caller) => {
    for (let at = 0; !isOver; at++) {
      answers.push(await connection.ask({ body: ruledRound(`${caller}/${at}`) }));
      wake();
    }
  });
  const all = Promise.all(ends);
  const reaches = async (count: number): Promise<void> => {
    while (answers.length < count)
      await Promise.race([all, new Promise<void>((resolve) => (wake = resolve))]);
  };
  return {
    answers,
    reaches,
    stop: async (): Promise<readonly Answer[]> => {
      // One round for each caller may be under way; the one after them has begun after this call.
      await reaches(answers.length + callers + 1);
      isOver = true;
      await all;
      return answers;
    },
  };
}
