import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUTCOMES } from '../../src/schema/answer.js';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { readSamples, scrape, sum } from '../support/metrics.js';
import { bytesOf, GOOD_BYTES, goodRound } from '../support/rounds.js';

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(() => server.stop());

describe('probes', () => {
  test.each([
    ['/healthz', 'alive'],
    ['/readyz', 'ready'],
  ])('%s says %s', async (path, status) => {
    const answer = await fetch(server.address + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ status });
  });

  test('may ask for the head alone, and with a query', async () => {
    expect((await fetch(`${server.address}/healthz`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${server.address}/readyz?full=1`)).status).toBe(200);
  });
});

describe('/metrics', () => {
  test('counts what became of rounds', async () => {
    const before = await scrape(server);
    const connection = await connectTo(server);
    await connection.ask({ body: GOOD_BYTES });
    await connection.ask({ body: GOOD_BYTES });
    await connection.ask({ body: bytesOf(goodRound({ format: 'vcg', bids: [] })) });
    await connection.ask({ body: '{' });
    const after = await scrape(server);
    const growth = (name: string, ...labels: string[]) =>
      sum(after, name, ...labels) - sum(before, name, ...labels);
    expect(growth('parley_rounds_decided_total', 'format="second-price"', 'outcome="cleared"')).toBe(2);
    expect(growth('parley_rounds_decided_total', 'format="vcg"', 'outcome="no-award"')).toBe(1);
    expect(growth('parley_rounds_refused_total', 'code="NOT_JSON"')).toBe(1);
    expect(growth('parley_rounds_bids_total')).toBe(6);
    expect(growth('parley_pool_batch_rounds_count')).toBe(4);
    expect(growth('parley_pool_batch_rounds_sum')).toBe(4);
    expect(growth('parley_pool_wait_seconds_count')).toBe(4);
    expect(growth('parley_pool_decide_seconds_count')).toBe(4);
    expect(growth('parley_ledger_append_seconds_count')).toBe(3);
    expect(growth('parley_pool_batches_failed_total')).toBe(0);
    expect(sum(after, 'parley_pool_queue_rounds')).toBe(0);
    const requests = 'parley_http_request_duration_seconds_count';
    expect(growth(requests, 'route="/v1/rounds"', 'method="POST"', 'status="200"')).toBe(3);
    expect(growth(requests, 'route="/v1/rounds"', 'status="400"')).toBe(1);
  });

  test('never grows with what callers make up', async () => {
    await scrape(server);
    const names = async () =>
      [...(await scrape(server)).keys()].filter((name) => name.startsWith('parley_')).length;
    await fetch(`${server.address}/first-unknown`);
    const before = await names();
    for (let at = 0; at < 20; at++) {
      await fetch(`${server.address}/unknown-${at}?x=${at}`);
      await fetch(`${server.address}/healthz?x=${at}`);
    }
    const connection = await connectTo(server);
    for (let at = 0; at < 5; at++)
      await connection.ask({ body: bytesOf(goodRound({ id: `made-up-${at}` })) });
    expect(await names()).toBe(before);
  });

  test('times requests plausibly', async () => {
    const connection = await connectTo(server);
    await connection.ask({ body: GOOD_BYTES });
    const samples = await scrape(server);
    const [total, count] = ['sum', 'count'].map((end) =>
      sum(samples, `parley_http_request_duration_seconds_${end}`, 'route="/v1/rounds"'),
    );
    expect(total! / count!).toBeGreaterThan(0.000_01);
    expect(total! / count!).toBeLessThan(1);
  });

  test('has the type that Prometheus asks for, and the process in it', async () => {
    const answer = await fetch(`${server.address}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = readSamples(await answer.text());
    expect(sum(samples, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  });
});

describe('a request id', () => {
  test('that the caller gives comes back in a refusal', async () => {
    const connection = await connectTo(server);
    const { body } = await connection.ask({ body: '{', headers: { 'x-request-id': 'caller-7"\\' } });
    expect(JSON.parse(body)).toMatchObject({ requestId: 'caller-7"\\' });
  });

  test.each(['with space', 'x'.repeat(129), ''])('that is no id (%j) is replaced', async (given) => {
    const connection = await connectTo(server);
    const { body } = await connection.ask({ body: '{', headers: { 'x-request-id': given } });
    const { requestId } = JSON.parse(body) as { requestId: string };
    expect(requestId).toMatch(/^n[0-9a-f]{16}-q\d+$/);
  });

  test('is another for each request', async () => {
    const connection = await connectTo(server);
    const ids = new Set<string>();
    for (let at = 0; at < 5; at++) {
      ids.add((JSON.parse((await connection.ask({ body: '{' })).body) as { requestId: string }).requestId);
    }
    expect(ids.size).toBe(5);
  });
});

test('an answer is JSON with its length and one of the outcomes', async () => {
  const connection = await connectTo(server);
  const { headers, body } = await connection.ask({ body: GOOD_BYTES });
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
  expect(OUTCOMES).toContain((JSON.parse(body) as { outcome: string }).outcome);
});
