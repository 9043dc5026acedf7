import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoundAnswer } from '../../src/schema/answer.js';
import { type BuiltServer, expectQuietLog, startBuiltServer } from '../support/built-server.js';

/** Policies and profiles over HTTP, on two worker threads. */
let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_THREADS: '2', PARLEY_CATALOGUE_BYTES_MAX: '65536' });
});

afterAll(async () => {
  expectQuietLog(server.written);
  await server.stop();
});

const cap = (max: number) => ({ rules: [{ id: 'cap', kind: 'price-cap', max }] });
const PROFILE = { price: { weight: 1, value: { linear: { from: 0, to: 10 } } } };

describe('publishing', () => {
  test('counts versions, answers a repeated document with its version, and shows what it has', async () => {
    expect(await put('policies/counted', cap(1))).toMatchObject({
      status: 201,
      body: { name: 'counted', version: 1 },
    });
    expect(await put('policies/counted', cap(1))).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await put('policies/counted', cap(2))).toMatchObject({ status: 201, body: { version: 2 } });
    expect((await get('policies/counted')).body).toEqual({ name: 'counted', version: 2, document: cap(2) });
    expect((await get('policies/counted@1')).body).toEqual({ name: 'counted', version: 1, document: cap(1) });
    expect(await put('profiles/counted', PROFILE)).toMatchObject({ status: 201, body: { version: 1 } });
    expect((await get('profiles/counted')).body).toEqual({ name: 'counted', version: 1, document: PROFILE });
  });

  test('lists names in order, a page at a time', async () => {
    for (const name of ['list-c', 'list-a', 'list-b']) await put(`policies/${name}`, cap(3));
    const first = await get('policies?after=list-&limit=2');
    expect(first.body).toEqual({
      versions: ['list-a', 'list-b'].map((name) => ({ name, version: 1 })),
      next: 'list-b',
    });
    expect((await get('policies?after=list-b')).body).toEqual({ versions: [{ name: 'list-c', version: 1 }] });
  });

  test.each<[string, string, unknown, string]>([
    ['a kind that does not exist', 'policies/p', { rules: [{ id: 'a', kind: 'x' }] }, 'INVALID_POLICY'],
    ['a policy without rules', 'policies/p', { rules: [] }, 'INVALID_POLICY'],
    [
      'a falling price',
      'profiles/p',
      { price: { weight: 1, value: { linear: { from: 9, to: 1 } } } },
      'INVALID_PROFILE',
    ],
    ['a name that is kept for carried documents', 'policies/inline-x', cap(1), 'INVALID_NAME'],
    ['a name with a version', 'policies/p@1', cap(1), 'INVALID_NAME'],
    ['more than the catalogue holds', 'policies/large', largePolicy(), 'CATALOGUE_FULL'],
  ])('refuses %s', async (_, path, document, code) => {
    const status = code === 'CATALOGUE_FULL' ? 409 : 422;
    expect(await put(path, document)).toMatchObject({ status, body: { code } });
  });

  test('refuses what is not there and what is not JSON', async () => {
    expect(await get('policies/nobody')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await get('profiles/nobody@7')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await ask('PUT', 'policies/p', '{')).toMatchObject({ status: 400, body: { code: 'NOT_JSON' } });
  });
});

describe('a published policy', () => {
  test('holds for the next round, whichever worker takes it', async () => {
    for (const max of [2, 4, 2, 4, 2, 4]) {
      const { body } = await put('policies/next', cap(max));
      const answers = await Promise.all(Array.from({ length: 20 }, () => clear(['next'])));
      const reference = `next@${(body as { version: number }).version}`;
      for (const { policies, outcome } of answers) {
        expect({ policies, outcome }).toEqual({
          policies: [reference],
          outcome: max === 2 ? 'no-award' : 'cleared',
        });
      }
    }
  });

  test('changes under load without losing a round', async () => {
    await put('policies/busy', cap(4));
    let publishing = true;
    const rounds = Array.from({ length: 8 }, async () => {
      const seen: string[] = [];
      while (publishing) seen.push(...(await clear(['busy'])).policies!);
      return seen;
    });
    for (let version = 2; version <= 40; version++) await put('policies/busy', cap(4 + version / 100));
    publishing = false;
    const versions = (await Promise.all(rounds)).map((seen) =>
      seen.map((name) => Number(name.split('@')[1])),
    );
    for (const seen of versions) {
      expect(seen.length).toBeGreaterThan(0);
      // A caller that waits for each answer never goes back to an older version.
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(Math.max(...seen)).toBeLessThanOrEqual(40);
    }
  });
});

describe('a check', () => {
  test.each<[string, unknown, unknown]>([
    ['a bid under the policy in force', { bid: bidOf(3) }, { policy: 'tried@1', verdict: 'deny' }],
    ['a bid that keeps it', { bid: bidOf(2) }, { verdict: 'allow', verdicts: [] }],
    ['a draft', { policy: cap(5), bid: bidOf(3) }, { verdict: 'allow' }],
    [
      'a rule that reads the lot',
      {
        policy: { rules: [{ id: 'c', kind: 'cel', expression: 'lot.floor < 1.0', effect: 'escalate' }] },
        bid: bidOf(3),
        lot: { floor: 2 },
      },
      { verdict: 'escalate', verdicts: [{ field: 'lot.floor', limit: 1, value: 2 }] },
    ],
    [
      'a round, in place of another version of the policy',
      { policy: cap(1), round: roundUnder(['tried']) },
      { round: { outcome: 'no-award', losses: [{ code: 510, detail: { limit: 1, value: 3 } }] } },
    ],
  ])('tells of %s', async (_, request, answer) => {
    await put('policies/tried', cap(2));
    const { status, body } = await ask('POST', 'policies/tried/check', JSON.stringify(request));
    expect({ status, body }).toMatchObject({ status: 200, body: answer });
  });

  test.each<[string, string, unknown, Refused]>([
    ['neither bid nor round', 'tried', {}, { code: 'INVALID_CHECK', path: undefined }],
    ['a member it does not know', 'tried', { bids: [] }, { code: 'INVALID_CHECK', path: '/bids' }],
    ['a policy that is not there', 'nobody', { bid: bidOf(3) }, { code: 'UNKNOWN_POLICY', path: undefined }],
    [
      'a draft that does not fit',
      'tried',
      { policy: { rules: [] }, bid: bidOf(3) },
      { code: 'INVALID_POLICY', path: '/policy/rules' },
    ],
    [
      'a bid that is none',
      'tried',
      { bid: { seat: 'alder' } },
      { code: 'INVALID_ROUND', path: '/bid/price' },
    ],
    ['a name that cannot be one', 'a b', { bid: bidOf(3) }, { code: 'INVALID_NAME', path: undefined }],
  ])('refuses %s', async (_, name, request, refused) => {
    await put('policies/tried', cap(2));
    const { status, body } = await ask('POST', `policies/${name}/check`, JSON.stringify(request));
    expect({ status, code: body.code, path: body.path }).toEqual({ status: 422, ...refused });
  });

  test('leaves no record', async () => {
    await put('policies/tried', cap(2));
    const request = JSON.stringify({ round: roundUnder([]) });
    const { headers } = await ask('POST', 'policies/tried/check', request);
    expect(headers.get('parley-record')).toBeNull();
  });
});

interface Refused {
  readonly code: string;
  readonly path: string | undefined;
}

function bidOf(price: number) {
  return { seat: 'alder', price };
}

function roundUnder(policies: readonly string[]) {
  return {
    id: 'r1',
    format: 'first-price',
    currency: 'USD',
    policies,
    lots: [{ id: 'home' }],
    bids: [{ id: 'b1', seat: 'alder', lot: 'home', price: 3 }],
  };
}

function largePolicy() {
  const domains = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(180)}-${index}.example`);
  return { rules: [{ id: 'names', kind: 'blocked-domains', domains }] };
}

async function clear(policies: readonly string[]): Promise<RoundAnswer> {
  const { status, body } = await ask('POST', 'rounds', JSON.stringify(roundUnder(policies)));
  expect(status).toBe(200);
  return body as unknown as RoundAnswer;
}

function put(path: string, document: unknown) {
  return ask('PUT', path, JSON.stringify(document));
}

function get(path: string) {
  return ask('GET', path);
}

async function ask(method: string, path: string, body?: string) {
  const response = await fetch(`${server.address}/v1/${path}`, {
    method,
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  });
  const answer = (await response.json()) as { readonly code?: string; readonly path?: string };
  return { status: response.status, headers: response.headers, body: answer };
}
