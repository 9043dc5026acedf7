import { describe, expect, test } from 'vitest';
import { type Connection, connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import { scrape, sum } from '../support/metrics.js';

const cap = (max: number): string => JSON.stringify({ rules: [{ id: 'cap', kind: 'price-cap', max }] });
const worth = (to: number): string =>
  JSON.stringify({ price: { weight: 1, value: { linear: { from: 0, to } } } });
const KINDS: [string, (limit: number) => string][] = [
  ['policies', cap],
  ['profiles', worth],
];

describe.each(KINDS)('a document checked as one of the %s', (kind, documentOf) => {
  test('is told the version that its publication then has', async () => {
    const { ask } = await start();
    for (const limit of [1, 2, 2, 1]) {
      const body = documentOf(limit);
      const foreseen = await ask('POST', `/v1/${kind}/check?name=house`, body);
      const published = await ask('PUT', `/v1/${kind}/house`, body);
      expect(foreseen.status).toBe(200);
      expect({ name: 'house', ...parsed(foreseen.body) }).toEqual(parsed(published.body));
    }
  });

  test('is a first version under a name that has none, and without a name', async () => {
    const { ask } = await start();
    await ask('PUT', `/v1/${kind}/house`, documentOf(1));
    for (const path of [`/v1/${kind}/check`, `/v1/${kind}/check?name=other`])
      expect(parsed((await ask('POST', path, documentOf(2))).body)).toEqual({ version: 1 });
  });

  test('is not published, and leaves no record', async () => {
    const { engine, ask } = await start();
    const { headers } = await ask('POST', `/v1/${kind}/check?name=house`, documentOf(1));
    expect(headers).not.toHaveProperty('parley-record');
    expect(headers).not.toHaveProperty('etag');
    expect(await engine.ledger.readPublications(0)).toEqual([]);
    expect(await engine.ledger.readBlock(engine.node, 1)).toBeUndefined();
    expectRefusal(await ask('GET', `/v1/${kind}/house`), { code: 'NOT_FOUND' });
  });

  test('may be published as `check`, which is a name like others', async () => {
    const { ask } = await start();
    expect((await ask('PUT', `/v1/${kind}/check`, documentOf(1))).status).toBe(201);
    expect(parsed((await ask('GET', `/v1/${kind}/check`)).body)).toMatchObject({ name: 'check', version: 1 });
  });
});

describe('a refused check', () => {
  test.each<[string, string, string, Expected]>([
    [
      'a policy that does not fit',
      'policies/check',
      '{"rules":[]}',
      { code: 'INVALID_POLICY', path: '/rules' },
    ],
    [
      'a profile that does not fit',
      'profiles/check',
      '{"price":3}',
      { code: 'INVALID_PROFILE', path: '/price' },
    ],
    ['a profile as a policy', 'policies/check', worth(1), { code: 'INVALID_POLICY', path: '/rules' }],
    ['what is not JSON', 'policies/check', '{', { code: 'NOT_JSON' }],
    ['nothing', 'profiles/check', '', { code: 'NOT_JSON' }],
    ['keys that are not safe', 'profiles/check', '{"__proto__":1}', { code: 'UNSAFE_KEYS' }],
    ['a name that is kept', 'policies/check?name=inline-x', cap(1), { code: 'INVALID_NAME' }],
    ['a name with a version', 'policies/check?name=house@1', cap(1), { code: 'INVALID_NAME' }],
    ['two names', 'policies/check?name=a&name=b', cap(1), { code: 'INVALID_NAME' }],
  ])('says of %s what is wrong', async (_, path, body, refused) => {
    const { ask } = await start();
    expectRefusal(await ask('POST', `/v1/${path}`, body), refused);
  });
});

test('a name that may not be used is refused with the reason', async () => {
  const { ask } = await start();
  expect(parsed((await ask('PUT', '/v1/policies/inline-x', cap(1))).body)).toMatchObject({
    code: 'INVALID_NAME',
    message: expect.stringContaining('`inline-`') as string,
  });
});

test('what is not there is named when it could be a name, and never repeated when it could not', async () => {
  const { ask } = await start();
  const message = async (name: string) => parsed((await ask('GET', `/v1/policies/${name}`)).body)['message'];
  expect(await message('house@7')).toBe('There is no policy house@7.');
  expect(await message('%3Cb%3E')).toBe('There is no such policy.');
});

test('versions are counted by kind', async () => {
  const { door, ask } = await start();
  for (const limit of [1, 2, 2]) await ask('PUT', '/v1/policies/house', cap(limit));
  await ask('PUT', '/v1/profiles/house', worth(1));
  const samples = await scrape(door);
  expect(sum(samples, 'parley_catalogue_versions', 'kind="policy"')).toBe(2);
  expect(sum(samples, 'parley_catalogue_versions', 'kind="profile"')).toBe(1);
  expect(sum(samples, 'parley_catalogue_bytes')).toBeGreaterThan(0);
});

async function start() {
  const engine = await engineOf();
  const door = await doorOf(engine);
  const connection = await connectTo(door);
  const ask = (method: string, path: string, body = ''): ReturnType<Connection['ask']> =>
    connection.ask({ method, path, body });
  return { engine, door, ask };
}

function parsed(body: string): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}
