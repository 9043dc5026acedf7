import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, serveThisTest, startBuiltServer } from '../support/built-server.js';
import { capAt, catalogueCalls } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import { gatedWorker } from '../support/gated-worker.js';
import type { Answer, Asking } from '../support/http-messages.js';
import { scrape, sum } from '../support/metrics.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';

const PATH = '/openrtb2/clear';
const REQUEST = { id: 'r1', at: 1, imp: [{ id: 'top', bidfloor: 0.85 }] };
const AUCTION = { request: REQUEST, responses: [responseOf('alder', 2), responseOf('birch', 1)] };

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(() => server.stop());

describe('an OpenRTB auction over HTTP', () => {
  test('is answered with a bid response, and with a record of its own each time', async () => {
    const [first, second] = [await clear(AUCTION), await clear(AUCTION)];
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(first.body)).toMatchObject({
      seatbid: [{ seat: 'alder', bid: [{ id: 'a', price: 2 }] }],
      ext: { parley: { losses: [{ seat: 'birch', reason: 'OUTBID', minimumToWin: 2 }] } },
    });
    expect(second.body).toBe(first.body);
    for (const { headers } of [first, second]) expect(headers['parley-record']).toMatch(/^\S+$/);
    expect(second.headers['parley-record']).not.toBe(first.headers['parley-record']);
  });

  test('without bids is answered with a reason, and recorded, too', async () => {
    const { status, headers, body } = await clear({ request: REQUEST, responses: [] });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      id: 'r1',
      nbr: 500,
      ext: { parley: { outcome: 'no-award', losses: [] } },
    });
    expect(headers['parley-record']).toMatch(/^\S+$/);
  });

  test('rides beside rounds of the native kind', async () => {
    const native = await ask(server, { path: '/v1/rounds', body: GOOD_BYTES });
    const answers = await Promise.all([
      clear(AUCTION),
      ask(server, { path: '/v1/rounds', body: GOOD_BYTES }),
      clear(AUCTION),
      ask(server, { path: '/v1/rounds', body: GOOD_BYTES }),
    ]);
    const auction = (await clear(AUCTION)).body;
    expect(answers.map(({ body }) => body)).toEqual([auction, native.body, auction, native.body]);
  });
});

describe('what is refused', () => {
  const withRequest = (more: object) => JSON.stringify({ ...AUCTION, request: { ...REQUEST, ...more } });
  const refusals: readonly (readonly [says: string, asking: Asking, expected: Expected])[] = [
    ['a body that is no JSON', { body: '{' }, { code: 'NOT_JSON' }],
    ['no body', { body: '' }, { code: 'NOT_JSON' }],
    ['unsafe keys', { body: '{"__proto__":1}' }, { code: 'UNSAFE_KEYS' }],
    ['nesting', { body: '['.repeat(10_000) + ']'.repeat(10_000) }, { code: 'NESTING_TOO_DEEP' }],
    ['a list', { body: '[]' }, { code: 'INVALID_BID_REQUEST', path: '' }],
    ['no request', { body: '{"responses":[]}' }, { code: 'INVALID_BID_REQUEST', path: '/request' }],
    [
      'no responses',
      { body: JSON.stringify({ request: REQUEST }) },
      { code: 'INVALID_BID_REQUEST', path: '/responses' },
    ],
    [
      'no impression',
      { body: withRequest({ imp: [] }) },
      { code: 'INVALID_BID_REQUEST', path: '/request/imp' },
    ],
    [
      'an impression twice',
      { body: withRequest({ imp: [{ id: 'top' }, { id: 'top' }] }) },
      { code: 'DUPLICATE_ID', path: '/request/imp/1/id' },
    ],
    [
      'a floor without a rate',
      { body: withRequest({ imp: [{ id: 'top', bidfloor: 1, bidfloorcur: 'EUR' }] }) },
      { code: 'UNKNOWN_CURRENCY', path: '/request/imp/0/bidfloorcur' },
    ],
    [
      'another type',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      { code: 'UNSUPPORTED_MEDIA_TYPE' },
    ],
    ['another method', { method: 'GET' }, { code: 'METHOD_NOT_ALLOWED' }],
    ['another address', { path: '/openrtb2/clears', body: '{}' }, { code: 'NOT_FOUND' }],
  ];

  test.each(refusals)('%s', async (_says, asking, expected) => {
    expectRefusal(await ask(server, asking), expected);
    expect((await clear(AUCTION)).status).toBe(200);
  });

  test('more impressions or bids than this engine takes', async () => {
    const small = await serveThisTest({ PARLEY_LOTS_MAX: '1', PARLEY_BIDS_MAX: '1' });
    const imp = [{ id: 'top' }, { id: 'low' }];
    const wide = await ask(small, { body: withRequest({ imp }) });
    expectRefusal(wide, { code: 'INVALID_BID_REQUEST', path: '/request/imp' });
    const crowded = await ask(small, { body: JSON.stringify(AUCTION) });
    expectRefusal(crowded, { code: 'INVALID_BID_REQUEST', path: '/responses' });
  });
});

test('the operator sets policies, profile, attributes, rates and what bids have to say', async () => {
  const told = await serveThisTest({
    PARLEY_RATES: '{"id":"halves","base":"USD","rates":{"EUR":"0.5"}}',
    PARLEY_OPENRTB_POLICIES: 'house',
    PARLEY_OPENRTB_PROFILE: 'seen',
    PARLEY_OPENRTB_ATTRIBUTES: '{"viewability":"/ext/v"}',
    PARLEY_OPENRTB_REQUIRED: 'crid',
  });
  expectRefusal(await clear(AUCTION, told), { code: 'UNKNOWN_POLICY' });
  await publish(told);
  const { status, body } = await clear(
    {
      request: { ...REQUEST, cur: ['USD', 'EUR'], ext: { parley: { policies: ['desk'] } } },
      responses: [
        { ...responseOf('alder', 1, { crid: 'c', ext: { v: 0.9 } }), cur: 'EUR' },
        responseOf('birch', 3, { crid: 'c', ext: { v: 0.1 } }),
        responseOf('cedar', 4, { crid: 'c' }),
        responseOf('dogwood', 6, { crid: 'c' }),
        responseOf('elm', 2),
      ],
    },
    told,
  );
  expect(status, body).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    seatbid: [{ seat: 'alder', bid: [{ price: 2 }] }],
    ext: {
      parley: {
        policies: ['house@1', 'desk@1'],
        profile: 'seen@1',
        rates: { id: 'halves', base: 'USD', rates: { EUR: '0.5' } },
        losses: [
          { seat: 'birch', reason: 'OUTBID' },
          { seat: 'cedar', rule: 'desk@1/price' },
          { seat: 'dogwood', rule: 'house@1/price' },
          { seat: 'elm', reason: 'CREATIVE_ID_MISSING' },
        ],
      },
    },
  });
});

test('an auction that waited longer than its tmax is not decided', async () => {
  const gate = gatedWorker();
  const door = await doorOf(await engineOf({}, gate.url));
  const queued = async () => sum(await scrape(door), 'parley_pool_queue_rounds');
  const send = async (more: object) => {
    const connection = await connectTo(door);
    connection.send({ path: PATH, body: JSON.stringify({ ...AUCTION, request: { ...REQUEST, ...more } }) });
    return connection;
  };
  const held = await send({});
  await until('the first auction is with the worker', async () => (await queued()) === 0);
  const [hasty, patient] = [await send({ tmax: 1 }), await send({ tmax: 60_000 })];
  await until('both wait', async () => (await queued()) === 2);
  gate.open();
  expect((await held.answer()).status).toBe(200);
  expectRefusal(await hasty.answer(), { code: 'ROUND_EXPIRED' });
  expect((await patient.answer()).status).toBe(200);
});

async function publish(at: { readonly port: number }): Promise<void> {
  const connection = await connectTo(at);
  const [policies, profiles] = [catalogueCalls(connection), catalogueCalls(connection, 'profile')];
  const answers = [
    await policies.put('house', capAt(5, { severity: 'high' })),
    await policies.put('desk', capAt(3.5)),
    await profiles.put('seen', {
      attributes: { viewability: { weight: 1, value: { linear: { from: 0, to: 1 } } } },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
}

function responseOf(seat: string, price: number, more: object = {}): object {
  return { id: 'r1', seatbid: [{ seat, bid: [{ id: seat[0], impid: 'top', price, ...more }] }] };
}

function clear(auction: object, at: { readonly port: number } = server): Promise<Answer> {
  return ask(at, { body: JSON.stringify(auction) });
}

async function ask(at: { readonly port: number }, asking: Asking): Promise<Answer> {
  return (await connectTo(at)).ask({ path: PATH, ...asking });
}
