import { expect, test } from 'vitest';
import { serveThisTest } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';

test('connections past the bound are closed at once, and taken again when there is room', async () => {
  const server = await serveThisTest({ PARLEY_CONNECTIONS_MAX: '2' });
  const [first, second] = [await connectTo(server), await connectTo(server)];
  for (const connection of [first, second])
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
  const third = await connectTo(server);
  await third.over(2000);
  expect((await first.ask({ body: GOOD_BYTES })).status).toBe(200);
  second.close();
  await until('a new connection is served', async () => {
    const connection = await connectTo(server);
    return connection.ask({ body: GOOD_BYTES }).then(
      ({ status }) => status === 200,
      () => false,
    );
  });
});
