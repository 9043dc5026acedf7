import { describe, expect, test } from 'vitest';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { gatedWorker } from '../support/gated-worker.js';
import { type Asking, requestBytes } from '../support/http-messages.js';
import { scrape, sum } from '../support/metrics.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';
import { workerFile } from '../support/worker-file.js';
import { turn } from './controlled-batcher.js';

const WORK: readonly [string, Asking][] = [
  ['a round', { body: GOOD_BYTES }],
  ['a policy check', { path: '/v1/policies/house/check', body: '{"bid":{}}' }],
];

describe.each(WORK)('%s that comes to an engine that has all the work it accepts', (_, asking) => {
  test('is refused before its body is sent, and the connection goes on', async () => {
    const { door, gate, accepted } = await fullDoor();
    const connection = await connectTo(door);
    const request = requestBytes(asking);
    const headers = request.subarray(0, request.indexOf('\r\n\r\n') + 4);
    const id = `a"b-${asking.path === undefined ? 1 : 2}`;
    connection.write(`${headers.toString('latin1').slice(0, -2)}x-request-id: ${id}\r\n\r\n`);
    const refusal = await connection.answer();
    expectRefusal(refusal, { code: 'OVERLOADED' });
    expect(JSON.parse(refusal.body)).toMatchObject({ requestId: id });
    expect(refusal.headers['connection']).not.toBe('close');

    connection.write(request.subarray(headers.length));
    gate.open();
    for (const reply of await accepted) expect(reply).toHaveProperty('answer');
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
  });
});

test('every refusal is counted by its code', async () => {
  const { door, gate, accepted } = await fullDoor();
  const connection = await connectTo(door);
  for (let time = 0; time < 5; time++) await connection.ask({ body: GOOD_BYTES });
  await connection.ask({ method: 'GET', path: '/nowhere' });
  gate.open();
  await accepted;
  await connection.ask({ body: '{' });
  const samples = await scrape(door);
  const counted = (code: string) => sum(samples, 'parley_http_refusals_total', `code="${code}"`);
  expect([counted('OVERLOADED'), counted('NOT_FOUND'), counted('NOT_JSON')]).toEqual([5, 1, 1]);
  const refused = sum(samples, 'parley_http_request_duration_seconds_count', 'status="503"');
  expect(refused).toBe(5);
});

test('what publishes and what operators ask is not refused by it', async () => {
  const { door, gate } = await fullDoor();
  const connection = await connectTo(door);
  const policy = '{"rules":[{"id":"cap","kind":"price-cap","max":1}]}';
  const put = await connection.ask({ method: 'PUT', path: '/v1/policies/house', body: policy });
  expect(put.status, put.body).toBeLessThan(300);
  for (const path of ['/healthz', '/readyz', '/metrics', '/v1/policies/house']) {
    expect((await connection.ask({ method: 'GET', path })).status).toBe(200);
  }
  gate.open();
});

test('a round that waits longer than rounds may is not decided, and the answer names the limit', async () => {
  const gate = gatedWorker();
  const engine = await engineOf({ PARLEY_QUEUE_MS_MAX: '20' }, gate.url);
  const door = await doorOf(engine);
  const held = engine.clearRound(GOOD_BYTES);
  await turn();
  const late = await connectTo(door);
  late.send({ body: GOOD_BYTES });
  await until('the second round has waited too long', () => engine.whyNotNow() === 'OVERLOADED');
  const newcomer = await connectTo(door);
  expectRefusal(await newcomer.ask({ body: GOOD_BYTES }), { code: 'OVERLOADED' });

  gate.open();
  expect(await held).toHaveProperty('answer');
  const answer = await late.answer();
  expectRefusal(answer, { code: 'ROUND_EXPIRED' });
  expect(answer.body).toMatch(/20 ms.*PARLEY_QUEUE_MS_MAX/);
  for (const connection of [late, newcomer])
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
  const samples = await scrape(door);
  expect(sum(samples, 'parley_http_refusals_total', 'code="ROUND_EXPIRED"')).toBe(1);
  expect(sum(samples, 'parley_rounds_decided_total')).toBe(3);
});

test('a flood is refused by foresight while the queue has room, and an idle engine takes rounds again', async () => {
  const slow = workerFile({ atBatch: 'if (packet.length > 8) sleep(10);' });
  const engine = await engineOf({ PARLEY_QUEUE_MS_MAX: '100', PARLEY_BATCH_ROUNDS_MAX: '1' }, slow.url);
  for (let round = 0; round < 20; round++)
    expect(await engine.clearRound(GOOD_BYTES)).toHaveProperty('answer');

  const flood = Array.from({ length: 200 }, () => engine.clearRound(GOOD_BYTES));
  const accepted = flood.filter((reply) => reply !== undefined);
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.length).toBeLessThan(100);
  for (const reply of await Promise.all(accepted)) {
    if ('refusal' in reply) expect(reply.refusal.code).toBe('ROUND_EXPIRED');
  }
  expect(await engine.clearRound(GOOD_BYTES)).toHaveProperty('answer');
});

/** An engine whose only worker holds a round, and as many more wait as may wait. */
async function fullDoor() {
  const gate = gatedWorker();
  const engine = await engineOf({ PARLEY_QUEUE_MAX: '1' }, gate.url);
  const door = await doorOf(engine);
  const held = engine.clearRound(GOOD_BYTES);
  await turn();
  const waiting = engine.clearRound(GOOD_BYTES);
  return { door, gate, accepted: Promise.all([held, waiting]) };
}
