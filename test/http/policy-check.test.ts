import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, expectQuietLog, startBuiltServer } from '../support/built-server.js';
import { capAt, catalogueCalls } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import { bid, goodRound } from '../support/rounds.js';
import { scrape, sum } from '../support/metrics.js';

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
  const put = async (name: string, max: number, more = {}) => {
    const url = `${server.address}/v1/policies/${name}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(capAt(max, more)) });
    expect(answer.status).toBe(201);
  };
  await put('house', 5);
  await put('house', 10);
  await put('ask', 5, { effect: 'escalate' });
});

afterAll(async () => {
  await server.stop();
  expectQuietLog(server.written);
});

const BID = { seat: 'alder', price: 7 };

interface Told {
  readonly verdict: string;
  readonly policy: string | RegExp;
  /** Of the rule that spoke; absent when none did. */
  readonly limit?: number;
}

describe('a check of a bid', () => {
  test.each<[string, string, object, Told]>([
    ['the version in force', 'house', { bid: BID }, { verdict: 'allow', policy: 'house@2' }],
    ['an older version', 'house@1', { bid: BID }, { verdict: 'deny', policy: 'house@1', limit: 5 }],
    ['a rule that escalates', 'ask', { bid: BID }, { verdict: 'escalate', policy: 'ask@1', limit: 5 }],
    [
      'a draft',
      'house',
      { policy: capAt(6), bid: BID },
      { verdict: 'deny', policy: /^inline-[0-9a-f]{16}$/, limit: 6 },
    ],
    [
      'a draft of a new name',
      'new',
      { policy: capAt(7), bid: BID },
      { verdict: 'allow', policy: /^inline-/ },
    ],
    [
      'another version in the body',
      'house',
      { policy: 'house@1', bid: BID },
      { verdict: 'deny', policy: 'house@1', limit: 5 },
    ],
    [
      'another currency',
      'house@1',
      { bid: BID, currency: 'EUR' },
      { verdict: 'deny', policy: 'house@1', limit: 5 },
    ],
  ])('asks %s', async (_, name, body, { verdict, policy, limit }) => {
    const { check } = catalogueCalls(await connectTo(server));
    const { status, headers, body: text } = await check(name, body);
    expect(status, text).toBe(200);
    expect(headers).not.toHaveProperty('parley-record');
    const told = JSON.parse(text) as { policy: string; verdict: string; verdicts: { limit: number }[] };
    expect(told.verdict).toBe(verdict);
    expect(told.policy).toMatch(policy);
    expect(told.verdicts.map((one) => one.limit)).toEqual(limit === undefined ? [] : [limit]);
  });

  test('takes a bid for several units of a deal, and rules that read the lot', async () => {
    const { check } = catalogueCalls(await connectTo(server));
    const rule = { id: 'margin', kind: 'cel', expression: 'lot.floor <= 2.0 && bid.deal == "d1"' };
    const body = { policy: { rules: [rule] }, bid: { ...BID, deal: 'd1', lot: 'sidebar' } };
    const verdictFor = async (floor: number): Promise<unknown> =>
      JSON.parse((await check('new', { ...body, lot: { floor } })).body);
    expect(await verdictFor(2)).toMatchObject({ verdict: 'allow' });
    expect(await verdictFor(3)).toMatchObject({ verdict: 'deny' });
    const units = await check('house', { bid: { ...BID, quantity: 3 } });
    expect(JSON.parse(units.body)).toMatchObject({ verdict: 'allow' });
  });
});

describe('a check of a round', () => {
  const bids = [bid('b1', 7), bid('b2', 4)];
  const ROUND = goodRound({ bids });

  test.each<[string, string, object, readonly string[]]>([
    ['the policy beside the others', 'house', { policies: ['ask@1'] }, ['ask@1', 'house@2']],
    [
      'in place of other versions',
      'house@1',
      { policies: ['house', 'ask', 'house@2'] },
      ['ask@1', 'house@1'],
    ],
    ['where the round names none', 'house', {}, ['house@2']],
  ])('decides under %s', async (_, name, more, policies) => {
    const { check } = catalogueCalls(await connectTo(server));
    const { body, status } = await check(name, { round: { ...ROUND, ...more } });
    expect(status, body).toBe(200);
    const told = JSON.parse(body) as { policy: string; round: { policies: string[] } };
    expect(told.round.policies.toSorted()).toEqual(policies);
    expect(told.policy).toBe(name === 'house' ? 'house@2' : name);
  });

  test('is answered as the round would be with explain', async () => {
    const connection = await connectTo(server);
    const checked = await catalogueCalls(connection).check('house@1', { round: ROUND });
    const decided = await connection.ask({
      body: JSON.stringify({ ...ROUND, policies: ['house@1'], explain: true }),
    });
    expect((JSON.parse(checked.body) as { round: unknown }).round).toEqual(JSON.parse(decided.body));
    expect(decided.body).toContain('PRICE_CAP_EXCEEDED');
  });

  test('is told what a draft would do to the bids of the round', async () => {
    const { check } = catalogueCalls(await connectTo(server));
    const { body } = await check('house', { policy: capAt(3), round: { ...ROUND, policies: ['house'] } });
    const losses = ['b1', 'b2'].map((id) => ({ bid: id, code: 510, detail: { limit: 3 } }));
    expect(JSON.parse(body)).toMatchObject({ round: { outcome: 'no-award', losses } });
  });

  test('names the draft also when the round carries the same document before another', async () => {
    const { check } = catalogueCalls(await connectTo(server));
    const policies = [capAt(6), capAt(8)];
    const alone = await check('new', { policy: capAt(6), round: ROUND });
    const among = await check('new', { policy: capAt(6), round: { ...ROUND, policies } });
    expect(policyOf(among.body)).toBe(policyOf(alone.body));
  });

  test('leaves no record and awards nothing', async () => {
    const { check } = catalogueCalls(await connectTo(server));
    const before = await scrape(server);
    const { headers } = await check('house', { round: ROUND });
    const after = await scrape(server);
    expect(headers).not.toHaveProperty('parley-record');
    for (const name of ['parley_rounds_decided_total', 'parley_ledger_append_seconds_count']) {
      expect(sum(after, name) - sum(before, name), name).toBe(0);
    }
  });
});

describe('a check is refused', () => {
  const round = goodRound();
  test.each<[string, string, unknown, Expected]>([
    ['that is not JSON', 'house', '{', { code: 'NOT_JSON' }],
    ['that is no object', 'house', [], { code: 'INVALID_CHECK', path: '' }],
    ['of nothing', 'house', {}, { code: 'INVALID_CHECK' }],
    ['of both', 'house', { bid: BID, round }, { code: 'INVALID_CHECK' }],
    ['with a misspelt member', 'house', { bid: BID, polcy: {} }, { code: 'INVALID_CHECK', path: '/polcy' }],
    ['under no name', '-', { bid: BID }, { code: 'INVALID_NAME' }],
    ['under a name of carried documents', 'inline-1', { bid: BID }, { code: 'INVALID_NAME' }],
    ['under version 0', 'house@0', { bid: BID }, { code: 'INVALID_NAME' }],
    ['under an unknown name', 'nobody', { bid: BID }, { code: 'UNKNOWN_POLICY' }],
    ['under an unknown version', 'house@3', { bid: BID }, { code: 'UNKNOWN_POLICY' }],
    [
      'of an unknown policy',
      'house',
      { policy: 'nobody', bid: BID },
      { code: 'UNKNOWN_POLICY', path: '/policy' },
    ],
    [
      'of a bad draft',
      'house',
      { policy: capAt(-1), bid: BID },
      { code: 'INVALID_POLICY', path: '/policy/rules/0/max' },
    ],
    [
      'of a draft that is null',
      'house',
      { policy: null, bid: BID },
      { code: 'INVALID_POLICY', path: '/policy' },
    ],
    ['of a bad bid', 'house', { bid: { ...BID, price: -1 } }, { code: 'INVALID_ROUND', path: '/bid/price' }],
    ['of a bid without a seat', 'house', { bid: { price: 1 } }, { code: 'INVALID_ROUND', path: '/bid/seat' }],
    [
      'of a bad quantity',
      'house',
      { bid: { ...BID, quantity: 0 } },
      { code: 'INVALID_ROUND', path: '/bid/quantity' },
    ],
    [
      'of a bad lot of the bid',
      'house',
      { bid: { ...BID, lot: 5 } },
      { code: 'INVALID_ROUND', path: '/bid/lot' },
    ],
    ['of a bad deal', 'house', { bid: { ...BID, deal: '' } }, { code: 'INVALID_ROUND', path: '/bid/deal' }],
    [
      'of a bad lot',
      'house',
      { bid: BID, lot: { floor: -1 } },
      { code: 'INVALID_ROUND', path: '/lot/floor' },
    ],
    [
      'of a bad quantity of the lot',
      'house',
      { bid: BID, lot: { quantity: 0 } },
      { code: 'INVALID_ROUND', path: '/lot/quantity' },
    ],
    [
      'of a bad currency',
      'house',
      { bid: BID, currency: 'XXY' },
      { code: 'UNKNOWN_CURRENCY', path: '/currency' },
    ],
    [
      'of a bad round',
      'house',
      { round: { ...round, lots: [] } },
      { code: 'INVALID_ROUND', path: '/round/lots' },
    ],
    [
      'of a round that names an unknown policy',
      'house',
      { round: { ...round, policies: ['house@1', 'ask', 'nobody'] } },
      { code: 'UNKNOWN_POLICY', path: '/round/policies/2' },
    ],
    [
      'of a round with no list of policies',
      'house',
      { round: { ...round, policies: 'ask' } },
      { code: 'INVALID_ROUND', path: '/round/policies' },
    ],
  ])('%s', async (_, name, body, expected) => {
    const { check } = catalogueCalls(await connectTo(server));
    const answer = await check(name, body);
    expectRefusal(answer, expected);
    expect(answer.body).not.toMatch(/\/(bids|lots)\/0/);
  });
});

function policyOf(body: string): unknown {
  return (JSON.parse(body) as { policy: unknown }).policy;
}
