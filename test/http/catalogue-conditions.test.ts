import { expect, test } from 'vitest';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';

test('`If-Match: *` publishes only what has a version already, whichever it is', async () => {
  const connection = await connectTo(await doorOf(await engineOf()));
  const put = (max: number, headers: Record<string, string>) =>
    connection.ask({
      method: 'PUT',
      path: '/v1/policies/house',
      headers,
      body: policy(max),
    });
  expectRefusal(await put(1, { 'if-match': '*' }), { code: 'STALE_VERSION' });
  expect((await put(1, {})).status).toBe(201);
  expect(await put(2, { 'if-match': '*' })).toMatchObject({ status: 201, headers: { etag: '"2"' } });
});

test('of two that publish at once on the same version one wins', async () => {
  const engine = await engineOf();
  const door = await doorOf(engine);
  const racers = await Promise.all(
    Array.from({ length: 6 }, async (_, at) => {
      const connection = await connectTo(door);
      const headers = { 'if-match': '"0"' };
      return connection.ask({ method: 'PUT', path: '/v1/policies/house', headers, body: policy(at) });
    }),
  );
  expect(racers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(racers.filter(({ status }) => status === 409)).toHaveLength(5);
  expect(engine.catalogue.count).toBe(1);
});

function policy(max: number): string {
  return JSON.stringify({ rules: [{ id: 'price', kind: 'price-cap', max }] });
}
