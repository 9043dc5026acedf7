import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, expectQuietLog, startBuiltServer } from '../support/built-server.js';
import { type Connection, connectTo } from '../support/connection.js';
import { requestBytes } from '../support/http-messages.js';
import { expectRefusal } from '../support/envelope.js';
import { openConnections } from '../support/metrics.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';

const REQUEST_MS_MAX = 400;
const DRIBBLE_MS = 25;

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_REQUEST_MS_MAX: String(REQUEST_MS_MAX) });
});

afterAll(async () => {
  expectQuietLog(await server.stop());
});

const WHOLE = requestBytes({ body: GOOD_BYTES });
const HEAD_LENGTH = WHOLE.indexOf('\r\n\r\n') + 4;
const IN_CHUNKS = requestBytes({ headers: { 'transfer-encoding': 'chunked' } });

/** What comes at once, and what comes a byte at a time without ever being enough. */
const SLOW: readonly [says: string, atOnce: Buffer | string, dribbled: string][] = [
  ['the address', 'POST /', 'a'],
  ['the headers', 'POST /v1/rounds HTTP/1.1\r\nhost: parley\r\n', 'x: '],
  ['the body', WHOLE.subarray(0, HEAD_LENGTH), ' '],
  ['the chunks', IN_CHUNKS, '1\r\n \r\n'],
  ['a body that is too large anyway', requestBytes({ headers: { 'content-length': '2000000' } }), ' '],
];

describe('a sender that never gets done with', () => {
  test.each(SLOW)('%s is told so, and the connection ends', async (_, atOnce, dribbled) => {
    const connection = await connectTo(server);
    connection.write(atOnce);
    const stop = dribble(connection, dribbled);
    expectRefusal(await connection.answer(), { code: 'REQUEST_TIMEOUT' });
    stop();
    await connection.over();
  });

  test('holds up nobody else', async () => {
    const slow = await Promise.all(Array.from({ length: 20 }, () => connectTo(server)));
    for (const connection of slow) connection.write(WHOLE.subarray(0, -1));
    const quick = await connectTo(server);
    const startedAt = performance.now();
    expect((await quick.ask({ body: GOOD_BYTES })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(REQUEST_MS_MAX);
  });

  test('loses its connection even when it goes on sending and never closes', async () => {
    const before = await openConnections(server);
    const stubborn = await connectTo(server);
    stubborn.write(WHOLE.subarray(0, HEAD_LENGTH));
    const stop = dribble(stubborn, ' ');
    await stubborn.answer();
    await until('the engine has let go of it', async () => (await openConnections(server)) <= before, 5000);
    stop();
  });
});

test('a sender that takes its time but gets done is answered', async () => {
  const connection = await connectTo(server);
  for (const part of [
    WHOLE.subarray(0, 40),
    WHOLE.subarray(40, HEAD_LENGTH + 5),
    WHOLE.subarray(HEAD_LENGTH + 5),
  ]) {
    connection.write(part);
    await until('the part is on its way', () => connection.socket.writableLength === 0);
  }
  expect((await connection.answer()).status).toBe(200);
});

/** Writes the text again and again until it is told to stop or the connection breaks. */
function dribble(connection: Connection, text: string): () => void {
  const timer = setInterval(() => {
    connection.write(text);
  }, DRIBBLE_MS);
  connection.socket.on('close', () => {
    clearInterval(timer);
  });
  return () => {
    clearInterval(timer);
  };
}
