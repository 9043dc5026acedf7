import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type BuiltServer, serveThisTest, startBuiltServer } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { type Asking, requestBytes } from '../support/http-messages.js';
import { expectRefusal } from '../support/envelope.js';
import { bytesOf, GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { within } from '../support/until.js';

const MIB = 1_048_576;

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(() => server.stop());

describe.each([2, 20])('a body of %i MiB', (mebibytes) => {
  const body = spaces(mebibytes * MIB);

  test('is refused so that a client that reads while it writes can tell', async () => {
    const connection = await connectTo(server);
    expectRefusal(await connection.ask({ body }), { code: 'BODY_TOO_LARGE' });
    await expectServing();
  });

  test('is refused so that a client that reads only when all is written can tell', async () => {
    expectRefusal(await askReadingLast({ body }), { code: 'BODY_TOO_LARGE' });
    await expectServing();
  });

  test('is refused when it comes in chunks without a length', async () => {
    const connection = await connectTo(server);
    connection.write(requestBytes({ headers: { 'transfer-encoding': 'chunked' } }));
    connection.write(
      Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
    );
    expectRefusal(await connection.answer(), { code: 'BODY_TOO_LARGE' });
    await expectServing();
  });

  test('is refused so that fetch can tell', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server.address}/v1/rounds`, { method: 'POST', headers, body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'BODY_TOO_LARGE' });
    await expectServing();
  });
});

describe('a body over the limit that is read to its end', () => {
  test('leaves the connection open for the next round', async () => {
    const connection = await connectTo(server);
    expectRefusal(await connection.ask({ body: spaces(2 * MIB) }), { code: 'BODY_TOO_LARGE' });
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
  });

  test('is one byte over; a body at the limit is looked at', async () => {
    const connection = await connectTo(server);
    const padded = Buffer.concat([GOOD_BYTES, spaces(MIB - GOOD_BYTES.length)]);
    expect((await connection.ask({ body: padded })).status).toBe(200);
    const over = Buffer.concat([padded, spaces(1)]);
    expectRefusal(await connection.ask({ body: over }), { code: 'BODY_TOO_LARGE' });
  });
});

test('a body over the limit that never ends is refused when it has been read for long enough', async () => {
  const connection = await connectTo(server);
  connection.write(requestBytes({ headers: { 'content-length': String(2 * MIB) } }));
  const dribble = setInterval(() => {
    connection.write(' ');
  }, 50);
  onTestFinished(() => {
    clearInterval(dribble);
  });
  expectRefusal(await connection.answer(), { code: 'BODY_TOO_LARGE' });
  await expectServing();
});

/** Refusals that are certain before the body has come must still reach a client that writes first and reads last. */
describe('a large body that would be refused whatever it holds', () => {
  const body = spaces(2 * MIB);

  test.each<[string, Asking, number]>([
    ['the wrong content type', { body, headers: { 'content-type': 'application/xml' } }, 415],
    ['no content type', { body, headers: { 'content-type': '' } }, 415],
    ['text', { body, headers: { 'content-type': 'text/plain' } }, 415],
    ['an address nobody has', { body, path: '/nowhere' }, 404],
    ['an address without this method', { body, path: '/healthz' }, 405],
  ])('%s', async (_, asking, status) => {
    const answer = await askReadingLast(asking);
    expect(answer.status, answer.body).toBe(status);
    expect(JSON.parse(answer.body)).toHaveProperty('requestId');
  });
});

describe('200,000 bids', () => {
  const body = bytesOf({ ...goodRound(), bids: manyBids(200_000) });

  test('are too large a body', async () => {
    expectRefusal(await askReadingLast({ body }), { code: 'BODY_TOO_LARGE' });
    await expectServing();
  });

  test('are too many bids where the body may be that large', async () => {
    const roomy = await serveThisTest({ PARLEY_BODY_BYTES_MAX: String(16 * MIB) });
    const connection = await connectTo(roomy);
    expectRefusal(await connection.ask({ body }), { code: 'INVALID_ROUND', path: '/bids' });
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
  });
});

/** Looks at nothing that comes back before every byte is written. */
async function askReadingLast(asking: Asking) {
  const connection = await connectTo(server);
  connection.socket.pause();
  const written = new Promise<void>((resolve, reject) => {
    connection.socket.write(requestBytes(asking), (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  await within(10_000, 'every byte is written', written);
  connection.socket.resume();
  return connection.answer();
}

async function expectServing(): Promise<void> {
  const connection = await connectTo(server);
  expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
}

function spaces(length: number): Buffer {
  return Buffer.alloc(length, ' ');
}
