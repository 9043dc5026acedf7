import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { requestBytes } from '../support/http-messages.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import { GOOD_BYTES } from '../support/rounds.js';

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(() => server.stop());

const POST = 'POST /v1/rounds HTTP/1.1\r\nhost: parley\r\ncontent-type: application/json\r\n';

/** Bytes that are no request. Nobody can tell where the next one would begin, so the connection ends. */
const MALFORMED: readonly [says: string, bytes: string, code?: Expected['code']][] = [
  ['noise', 'noise\r\n\r\n'],
  ['TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['a method nobody has', 'CLEAR /v1/rounds HTTP/1.1\r\nhost: parley\r\n\r\n'],
  ['a version nobody has', 'GET /healthz HTTP/9.9\r\nhost: parley\r\n\r\n'],
  ['a header without a colon', 'GET /healthz HTTP/1.1\r\nhost parley\r\n\r\n'],
  ['a NUL in a header', 'GET /healthz HTTP/1.1\r\nhost: par\0ley\r\n\r\n'],
  ['a request without a host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['a length that is no number', `${POST}content-length: many\r\n\r\n`],
  ['a negative length', `${POST}content-length: -1\r\n\r\n`],
  ['a length that overflows', `${POST}content-length: 99999999999999999999\r\n\r\n`],
  ['two lengths', `${POST}content-length: 1\r\ncontent-length: 2\r\n\r\n{}`],
  ['a length and chunks', `${POST}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a chunk size that is no number', `${POST}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n`],
  ['a chunk longer than it says', `${POST}transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`],
  ['headers without end', `GET /healthz HTTP/1.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`, 'HEADERS_TOO_LARGE'],
  [
    'an address without end',
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: parley\r\n\r\n`,
    'HEADERS_TOO_LARGE',
  ],
];

describe('bytes that are no request', () => {
  test.each(MALFORMED)('%s', async (_, bytes, code = 'MALFORMED_HTTP') => {
    const connection = await connectTo(server);
    connection.write(Buffer.from(bytes, 'latin1'));
    expectRefusal(await connection.answer(), { code });
    await connection.over();
    await expectServing();
  });

  test('an expectation nobody can meet is refused in the envelope', async () => {
    const connection = await connectTo(server);
    connection.write(`${POST}expect: a-miracle\r\ncontent-length: 0\r\n\r\n`);
    const { status, body } = await connection.answer();
    expect(status).toBe(417);
    expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) as string });
  });

  test('noise behind a good round does not take its answer away', async () => {
    const connection = await connectTo(server);
    connection.write(Buffer.concat([requestBytes({ body: GOOD_BYTES }), Buffer.from('noise\r\n\r\n')]));
    expect((await connection.answer()).status).toBe(200);
    await connection.over();
  });
});

describe('one connection', () => {
  test('answers pipelined requests in their order, bad ones among them', async () => {
    const connection = await connectTo(server);
    const bodies = ['{', GOOD_BYTES, '[]', GOOD_BYTES, ''];
    connection.write(Buffer.concat(bodies.map((body) => requestBytes({ body }))));
    for (const status of [400, 200, 422, 200, 400]) expect((await connection.answer()).status).toBe(status);
  });

  test('takes a round in chunks of one byte', async () => {
    const connection = await connectTo(server);
    connection.write(requestBytes({ headers: { 'transfer-encoding': 'chunked' } }));
    for (const byte of GOOD_BYTES) connection.write(`1\r\n${String.fromCharCode(byte)}\r\n`);
    connection.write('0\r\n\r\n');
    expect((await connection.answer()).status).toBe(200);
  });

  test('is told to go on when it asks before it sends', async () => {
    const connection = await connectTo(server);
    const headers = { expect: '100-continue', 'content-length': String(GOOD_BYTES.length) };
    connection.write(requestBytes({ headers }));
    expect((await connection.answer()).status).toBe(100);
    connection.write(GOOD_BYTES);
    expect((await connection.answer()).status).toBe(200);
  });
});

async function expectServing(): Promise<void> {
  const connection = await connectTo(server);
  expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
}
