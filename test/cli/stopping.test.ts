import { describe, expect, onTestFinished, test } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { type Connection, connectTo } from '../support/connection.js';
import { type Answer, requestBytes } from '../support/http-messages.js';
import { bytesOf, GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { until, within } from '../support/until.js';

/** Far above what a stop takes, far below the time an idle connection may stay open. */
const PROMPT_MS = 4000;
const HEAVY_ROUND = bytesOf({ ...goodRound(), bids: manyBids(500) });

describe.each(['SIGTERM', 'SIGINT'] as const)('on %s', (signal) => {
  test('every round that was accepted is answered, the others are refused, and the status is 0', async () => {
    const server = await serveUntilStopped();
    const clients = await Promise.all(Array.from({ length: 100 }, () => connectTo(server)));
    await Promise.all(clients.map((client) => client.ask({ method: 'GET', path: '/healthz' })));
    for (const client of clients) client.send({ body: HEAVY_ROUND });
    await clients[0]!.answer();
    server.signal(signal);
    const answers = await Promise.all(clients.slice(1).map((client) => client.answer()));
    for (const answer of answers) expectDecidedOrDraining(answer);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await endedWithin(server, PROMPT_MS)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a server that stops', () => {
  test('takes no new connection and does not wait for idle ones', async () => {
    const server = await serveUntilStopped();
    const idle = await connectTo(server);
    await idle.ask({ body: GOOD_BYTES });
    server.signal('SIGTERM');
    await idle.over(PROMPT_MS);
    await until('connections are refused', async () => !(await connects(server)));
    expect(await endedWithin(server, PROMPT_MS)).toMatchObject({ status: 0 });
  });

  test('keeps its bound on draining when a sender hangs in the middle of a body', async () => {
    const server = await serveUntilStopped({ PARLEY_DRAIN_MS_MAX: '500' });
    const slow = await connectTo(server);
    slow.write(requestBytes({ body: GOOD_BYTES }).subarray(0, -10));
    await expectServing(server);
    server.signal('SIGTERM');
    expect(await endedWithin(server, PROMPT_MS)).toMatchObject({ status: 0 });
  });

  test('keeps its bound on draining when a client never reads its answers', async () => {
    const server = await serveUntilStopped({ PARLEY_DRAIN_MS_MAX: '500' });
    const deaf = await connectTo(server);
    deaf.socket.pause();
    deaf.write(Buffer.concat(Array<Buffer>(100).fill(requestBytes({ body: HEAVY_ROUND }))));
    await expectServing(server);
    server.signal('SIGTERM');
    expect(await endedWithin(server, PROMPT_MS)).toMatchObject({ status: 0 });
  });
});

async function serveUntilStopped(environment: Readonly<Record<string, string>> = {}): Promise<BuiltServer> {
  const server = await startBuiltServer(environment);
  onTestFinished(() => {
    server.signal('SIGKILL');
  });
  return server;
}

function expectDecidedOrDraining({ status, body }: Answer): void {
  if (status === 200) return;
  expect({ status, code: (JSON.parse(body) as { code: string }).code }).toEqual({
    status: 503,
    code: 'DRAINING',
  });
}

function endedWithin(server: BuiltServer, limitMs: number) {
  return within(limitMs, 'the server has ended', server.ended);
}

async function connects(server: BuiltServer): Promise<boolean> {
  return connectTo(server).then(
    (connection: Connection) => {
      connection.close();
      return true;
    },
    () => false,
  );
}

async function expectServing(server: BuiltServer): Promise<void> {
  const connection = await connectTo(server);
  expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
}
