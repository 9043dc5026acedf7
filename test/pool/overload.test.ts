import { describe, expect, test } from 'vitest';
import { type Connection, connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { gatedWorker } from '../support/gated-worker.js';
import { scrape, sum } from '../support/metrics.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';

const QUEUE_MAX = 3;
const IMMEDIATE_MS = 500;

describe('an engine that has all the work it accepts', () => {
  test('refuses at once what is more, and answers everything it accepted', async () => {
    const gate = gatedWorker();
    const door = await doorOf(await engineOf({ PARLEY_QUEUE_MAX: String(QUEUE_MAX) }, gate.url));
    const accepted = [await ask(door), ...(await fillQueue(door))];

    for (let more = 0; more < 5; more++) {
      const connection = await connectTo(door);
      const startedAt = performance.now();
      expectRefusal(await connection.ask({ body: GOOD_BYTES }), { code: 'OVERLOADED' });
      expect(performance.now() - startedAt).toBeLessThan(IMMEDIATE_MS);
    }

    gate.open();
    for (const connection of accepted) expect((await connection.answer()).status).toBe(200);
    const later = await ask(door);
    expect((await later.answer()).status).toBe(200);
  });

  test('still says that it is alive and how much waits', async () => {
    const gate = gatedWorker();
    const door = await doorOf(await engineOf({ PARLEY_QUEUE_MAX: String(QUEUE_MAX) }, gate.url));
    await ask(door);
    await fillQueue(door);
    expect((await fetch(`${door.address}/healthz`)).status).toBe(200);
    expect(sum(await scrape(door), 'parley_pool_queue_rounds')).toBe(QUEUE_MAX);
    gate.open();
  });
});

test('a round that waited longer than its tmax is not decided', async () => {
  const gate = gatedWorker();
  const engine = await engineOf({}, gate.url);
  const door = await doorOf(engine);
  const held = await ask(door);
  await until('the first round is with the worker', async () => (await queued(door)) === 0);
  const hasty = await ask(door, { ...(JSON.parse(GOOD_BYTES.toString()) as object), tmax: 1 });
  const patient = await ask(door, { ...(JSON.parse(GOOD_BYTES.toString()) as object), tmax: 60_000 });
  await until('both wait', async () => (await queued(door)) === 2);
  gate.open();
  expect((await held.answer()).status).toBe(200);
  expectRefusal(await hasty.answer(), { code: 'ROUND_EXPIRED' });
  expect((await patient.answer()).status).toBe(200);
});

/** Sends a round on a connection of its own without waiting for the answer. */
async function ask(door: { readonly port: number }, round?: object): Promise<Connection> {
  const connection = await connectTo(door);
  connection.send({ body: round === undefined ? GOOD_BYTES : JSON.stringify(round) });
  return connection;
}

/** With the only worker at work, as many rounds as may wait. */
async function fillQueue(door: { readonly port: number }): Promise<Connection[]> {
  await until('the worker has the first round', async () => (await queued(door)) === 0);
  const waiting = await Promise.all(Array.from({ length: QUEUE_MAX }, () => ask(door)));
  await until('the queue is full', async () => (await queued(door)) === QUEUE_MAX);
  return waiting;
}

async function queued(door: { readonly port: number }): Promise<number> {
  return sum(await scrape(door), 'parley_pool_queue_rounds');
}
