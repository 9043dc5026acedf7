import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE_KINDS, type CatalogueKind } from '../../src/schema/catalogue.js';
import {
  type BuiltServer,
  expectQuietLog,
  serveThisTest,
  startBuiltServer,
} from '../support/built-server.js';
import { capAt, catalogueCalls, profileUpTo } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import type { Answer } from '../support/http-messages.js';
import { scrape, sum } from '../support/metrics.js';

const FALLING = { price: { weight: 1, value: { linear: { from: 9, to: 1 } } } };

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(async () => {
  await server.stop();
  expectQuietLog(server.written);
});

describe.each(CATALOGUE_KINDS)('a %s', (kind) => {
  test('is published, read by name and by version, and read as it was sent', async () => {
    const { put, get } = await callsOf(kind);
    const [one, two] = [documentOf(kind, 1), { description: 'Zwölf: \u{1f512}', ...documentOf(kind, 2) }];
    expectVersion(await put('read', one), 201, { name: 'read', version: 1 });
    expectVersion(await put('read', two), 201, { name: 'read', version: 2 });
    for (const [reference, version, document] of [
      ['read', 2, two],
      ['read@1', 1, one],
      ['read%402', 2, two],
    ] as const) {
      expectVersion(await get(reference), 200, { name: 'read', version, document });
    }
  });

  test('that is sent again is the same version with the same record, also out of order of its members', async () => {
    const { put, list } = await callsOf(kind);
    const first = await put('again', documentOf(kind, 1));
    const before = sum(await scrape(server), 'parley_ledger_append_seconds_count');
    const swapped = Object.fromEntries(
      Object.entries({ description: 'x', ...documentOf(kind, 1) }).reverse(),
    );
    for (const headers of [{}, { 'if-match': '"0"' }, { 'if-match': '"1"' }, { 'if-match': '*' }]) {
      const again = await put('again', documentOf(kind, 1), headers);
      expectVersion(again, 200, { name: 'again', version: 1 });
      expect(again.headers['parley-record']).toBe(first.headers['parley-record']);
    }
    expect(sum(await scrape(server), 'parley_ledger_append_seconds_count')).toBe(before);
    expect((await list()).body).toContain('{"name":"again","version":1}');
    expectVersion(await put('again', { description: 'x', ...documentOf(kind, 1) }), 201, {
      name: 'again',
      version: 2,
    });
    expectVersion(await put('again', swapped), 200, { name: 'again', version: 2 });
  });

  test('is a new version of what `If-Match` says only', async () => {
    const { put } = await callsOf(kind);
    const next = (at: number, expected: string) =>
      put('guarded', documentOf(kind, at), { 'if-match': expected });
    expectRefusal(await next(1, '"1"'), { code: 'STALE_VERSION' });
    expectVersion(await next(1, '"0"'), 201, { name: 'guarded', version: 1 });
    expectRefusal(await next(2, '"0"'), { code: 'STALE_VERSION' });
    expectVersion(await next(2, '"1"'), 201, { name: 'guarded', version: 2 });
    const stale = await next(3, '"1"');
    expectRefusal(stale, { code: 'STALE_VERSION' });
    expect(stale.body).toContain('The newest version of guarded is 2; nothing was published.');
    for (const unreadable of ['2', 'W/"2"', '"2", "3"', '"02"', '"two"', '""']) {
      expectRefusal(await next(3, unreadable), { code: 'MALFORMED_HTTP' });
    }
    expectVersion(await next(3, '"2"'), 201, { name: 'guarded', version: 3 });
  });

  test.each(['a', '7', 'A.b_c-d', 'constructor', 'inline', 'x'.repeat(64)])(
    'may be called %s',
    async (name) => {
      const { put, get } = await callsOf(kind);
      expectVersion(await put(name, documentOf(kind, 1)), 201, { name, version: 1 });
      expectVersion(await get(`${name}@1`), 200, { name, version: 1, document: documentOf(kind, 1) });
    },
  );

  test.each(['-a', '.', '__proto__', 'inline-1', 'nobody@1', 'a%20b', 'a%2Fb', '%C3%BC', 'x'.repeat(65)])(
    'may not be called %s',
    async (name) => {
      const { put, get } = await callsOf(kind);
      expectRefusal(await put(name, documentOf(kind, 1)), { code: 'INVALID_NAME' });
      expectRefusal(await get(name), { code: 'NOT_FOUND' });
    },
  );

  test.each<[string, unknown, Expected]>([
    ['is not JSON', '{', { code: 'NOT_JSON' }],
    ['is empty', '', { code: 'NOT_JSON' }],
    ['has unsafe keys', '{"__proto__":1}', { code: 'UNSAFE_KEYS' }],
    ['nests too deep', `${'['.repeat(40)}${']'.repeat(40)}`, { code: 'NESTING_TOO_DEEP' }],
    ['is larger than a body', ' '.repeat(1_048_577), { code: 'BODY_TOO_LARGE' }],
  ])('is refused when it %s', async (_, document, expected) => {
    const { put, get } = await callsOf(kind);
    expectRefusal(await put('refused', document), expected);
    expectRefusal(await get('refused'), { code: 'NOT_FOUND' });
  });

  test.each(['nobody', 'known@2', 'known@0', 'known@01', 'known@', 'known@1@1', 'known@1234567890'])(
    '%s is not found',
    async (reference) => {
      const { put, get } = await callsOf(kind);
      await put('known', documentOf(kind, 1));
      expectRefusal(await get(reference), { code: 'NOT_FOUND' });
    },
  );

  test('must be sent as JSON, and by PUT', async () => {
    const { put } = await callsOf(kind);
    const asText = await put('typed', documentOf(kind, 1), { 'content-type': 'text/plain' });
    expectRefusal(asText, { code: 'UNSUPPORTED_MEDIA_TYPE' });
    const path = kind === 'policy' ? '/v1/policies/typed' : '/v1/profiles/typed';
    const posted = await (await connectTo(server)).ask({ path, body: '{}' });
    expectRefusal(posted, { code: 'METHOD_NOT_ALLOWED' });
    expect(posted.headers['allow']).toBe('GET, HEAD, PUT');
  });
});

test.each<[CatalogueKind, unknown, Expected]>([
  ['policy', capAt(-1), { code: 'INVALID_POLICY', path: '/rules/0/max' }],
  ['policy', [], { code: 'INVALID_POLICY', path: '' }],
  ['policy', profileUpTo(1), { code: 'INVALID_POLICY', path: '/rules' }],
  ['profile', { price: { weight: 1, value: {} } }, { code: 'INVALID_PROFILE', path: '/price/value' }],
  ['profile', FALLING, { code: 'INVALID_PROFILE', path: '/price/value/linear' }],
  ['profile', capAt(1), { code: 'INVALID_PROFILE', path: '/rules' }],
])('a %s that does not fit is refused at its place (%j)', async (kind, document, expected) => {
  const { put } = await callsOf(kind);
  expectRefusal(await put('misfit', document), expected);
});

test('policies and profiles of one name are two things', async () => {
  const [policies, profiles] = [await callsOf('policy'), await callsOf('profile')];
  expectVersion(await policies.put('twin', capAt(1)), 201, { name: 'twin', version: 1 });
  expectRefusal(await profiles.get('twin'), { code: 'NOT_FOUND' });
  expectVersion(await profiles.put('twin', profileUpTo(1)), 201, { name: 'twin', version: 1 });
  expectVersion(await policies.get('twin'), 200, { name: 'twin', version: 1, document: capAt(1) });
});

describe('the list', () => {
  test('has the newest version of each name, page by page', async () => {
    const calls = catalogueCalls(await connectTo(await serveThisTest()));
    expect(JSON.parse((await calls.list()).body)).toEqual({ versions: [] });
    const names = ['B', 'a', 'a-b', 'a.b', 'c', '0'];
    for (const name of names) await calls.put(name, capAt(1));
    await calls.put('a', capAt(2));
    const all = names.toSorted().map((name) => ({ name, version: name === 'a' ? 2 : 1 }));
    expect(JSON.parse((await calls.list()).body)).toEqual({ versions: all });
    expect(JSON.parse((await calls.list('?limit=6')).body)).toEqual({ versions: all });
    expect(await pagesOf(calls.list, 4)).toEqual([all.slice(0, 4), all.slice(4)]);
    expect(await pagesOf(calls.list, 1)).toEqual(all.map((one) => [one]));
    expect(JSON.parse((await calls.list('?after=c')).body)).toEqual({ versions: [] });
  });

  test.each(['?limit=0', '?limit=1001', '?limit=ten', '?limit=1.5', '?after=a&after=b'])(
    'refuses %s',
    async (query) => {
      const { list } = await callsOf('policy');
      expectRefusal(await list(query), { code: 'MALFORMED_HTTP' });
    },
  );
});

interface ShownVersion {
  readonly name: string;
  readonly version: number;
  readonly document?: unknown;
}

async function callsOf(kind: CatalogueKind) {
  return catalogueCalls(await connectTo(server), kind);
}

function documentOf(kind: CatalogueKind, number: number) {
  return kind === 'policy' ? capAt(number) : profileUpTo(number);
}

function expectVersion({ status, headers, body }: Answer, expected: number, told: ShownVersion): void {
  expect(status, body).toBe(expected);
  expect(headers).toMatchObject({
    etag: `"${told.version}"`,
    'content-type': 'application/json; charset=utf-8',
  });
  expect(JSON.parse(body)).toEqual(told);
}

async function pagesOf(list: (query: string) => Promise<Answer>, limit: number): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const { body } = await list(`?limit=${limit}&after=${next}`);
    const page = JSON.parse(body) as { versions: unknown; next?: string };
    pages.push(page.versions);
    next = page.next;
  }
  return pages;
}
