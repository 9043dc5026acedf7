import { expect, test } from 'vitest';
import { bytesOf, GOOD_BYTES, goodRound } from '../support/rounds.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
}

/** The words a name may end in: base units, or what is counted. */
const COUNTED = /_(rounds|batches_failed|bids)$/;
const TIMED = /_seconds$/;

async function exposition(): Promise<string> {
  const engine = await engineOf();
  const door = await doorOf(engine);
  const connection = await connectTo(door);
  for (const body of [GOOD_BYTES, bytesOf(goodRound({ format: 'gsp' })), Buffer.from('{')])
    await connection.ask({ body });
  return (await fetch(`${door.address}/metrics`)).text();
}

function familiesOf(text: string): Family[] {
  return [...text.matchAll(/^# HELP (parley_\S+) (.*)\n# TYPE \S+ (\w+)$/gm)].map(([, name, help, type]) => ({
    name: name!,
    help: help!,
    type: type!,
  }));
}

test('every metric of the engine is named by its room, what it measures and a base unit', async () => {
  const families = familiesOf(await exposition());
  expect(families.length).toBeGreaterThanOrEqual(9);
  for (const { name, help, type } of families) {
    expect(name).toMatch(/^parley_[a-z]+_[a-z_]+$/);
    expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|micros|kb|mb|percent)(_|$)/);
    expect(help).toMatch(/^[A-Z].{10,}[^.]$/);
    if (type === 'counter') expect(name).toMatch(/_total$/);
    else expect(name).not.toMatch(/_total$/);
    if (type === 'histogram') expect(TIMED.test(name) || COUNTED.test(name), name).toBe(true);
  }
});

test('the first families are there: rounds, outcomes, latency, batch size, queue', async () => {
  const names = familiesOf(await exposition()).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'parley_rounds_decided_total',
      'parley_rounds_refused_total',
      'parley_rounds_bids_total',
      'parley_pool_batch_rounds',
      'parley_pool_wait_seconds',
      'parley_pool_decide_seconds',
      'parley_pool_queue_rounds',
      'parley_pool_batches_failed_total',
      'parley_ledger_append_seconds',
      'parley_http_request_duration_seconds',
      'parley_http_refusals_total',
    ]),
  );
});

test('latencies are told apart from a tenth of a millisecond on, in rising buckets', async () => {
  const text = await exposition();
  for (const { name } of familiesOf(text).filter(({ name }) => TIMED.test(name))) {
    const bounds = [
      ...new Set(
        [...text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"`, 'gm'))].map(([, bound]) => bound!),
      ),
    ];
    expect(bounds[0], name).toBe('0.0001');
    expect(bounds.at(-1), name).toBe('+Inf');
    const numbers = bounds.slice(0, -1).map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
});

test('two engines in one process do not share their counts', async () => {
  const [busy, idle] = [await engineOf(), await engineOf()];
  await busy.clearRound(GOOD_BYTES);
  expect(await busy.registry.metrics()).toMatch(/^parley_rounds_bids_total 3$/m);
  expect(await idle.registry.metrics()).toMatch(/^parley_rounds_bids_total 0$/m);
});
