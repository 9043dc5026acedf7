import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { type Connection, connectTo } from '../support/connection.js';
import { requestBytes } from '../support/http-messages.js';
import { expectRefusal } from '../support/envelope.js';
import { GOOD_BYTES } from '../support/rounds.js';

/** The least the option allows. */
const INTAKE_BYTES_MAX = 1_048_576;
const QUARTER = INTAKE_BYTES_MAX / 4;

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_INTAKE_BYTES_MAX: String(INTAKE_BYTES_MAX) });
});

afterAll(() => server.stop());

describe('bodies that are held at once', () => {
  test('are refused past the bound while they arrive, and taken again when there is room', async () => {
    const arriving = await Promise.all([beginRound(QUARTER), beginRound(QUARTER), beginRound(QUARTER)]);
    const connection = await connectTo(server);
    expectRefusal(await connection.ask({ body: padded(QUARTER + 1) }), { code: 'OVERLOADED' });
    expect((await connection.ask({ body: padded(QUARTER) })).status).toBe(200);
    for (const { finish } of arriving) expect(await finish()).toBe(200);
    expect((await connection.ask({ body: padded(INTAKE_BYTES_MAX) })).status).toBe(200);
  });

  test('are counted as they come when they come in chunks', async () => {
    const { finish } = await beginRound(INTAKE_BYTES_MAX - 1000);
    const connection = await connectTo(server);
    connection.write(requestBytes({ headers: { 'transfer-encoding': 'chunked' } }));
    connection.write(chunk(padded(500)));
    connection.write(chunk(Buffer.alloc(2000, ' ')));
    connection.write('0\r\n\r\n');
    expectRefusal(await connection.answer(), { code: 'OVERLOADED' });
    expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
    expect(await finish()).toBe(200);
  });

  test('do not add up over requests that are answered', async () => {
    const connection = await connectTo(server);
    for (let round = 0; round < 20; round++) {
      expect((await connection.ask({ body: padded(QUARTER) })).status).toBe(200);
      expectRefusal(await connection.ask({ body: Buffer.alloc(QUARTER, ' ') }), { code: 'NOT_JSON' });
    }
  });

  test('do not add up over bodies that are too large', async () => {
    const connection = await connectTo(server);
    const tooLarge = Buffer.alloc(INTAKE_BYTES_MAX + 1, ' ');
    for (let time = 0; time < 3; time++) {
      expectRefusal(await connection.ask({ body: tooLarge }), { code: 'BODY_TOO_LARGE' });
      connection.write(requestBytes({ headers: { 'transfer-encoding': 'chunked' } }));
      connection.write(Buffer.concat([chunk(tooLarge), Buffer.from('0\r\n\r\n')]));
      expectRefusal(await connection.answer(), { code: 'BODY_TOO_LARGE' });
    }
    expect((await connection.ask({ body: padded(INTAKE_BYTES_MAX) })).status).toBe(200);
  });
});

/** A round of this size of which all but the last byte has been sent; `finish` sends it and answers the status. */
async function beginRound(length: number): Promise<{ readonly finish: () => Promise<number> }> {
  const connection: Connection = await connectTo(server);
  const body = padded(length);
  const headers = { expect: '100-continue', 'content-length': String(length) };
  connection.write(requestBytes({ headers }));
  // The engine has seen the headers, and so holds the room, once it says that the body may come.
  expect((await connection.answer()).status).toBe(100);
  connection.write(body.subarray(0, -1));
  return {
    finish: async () => {
      connection.write(body.subarray(-1));
      return (await connection.answer()).status;
    },
  };
}

function padded(length: number): Buffer {
  return Buffer.concat([GOOD_BYTES, Buffer.alloc(length - GOOD_BYTES.length, ' ')]);
}

function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
