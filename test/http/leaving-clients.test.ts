import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BuiltServer, expectQuietLog, startBuiltServer } from '../support/built-server.js';
import { type Connection, connectTo } from '../support/connection.js';
import { requestBytes } from '../support/http-messages.js';
import { openConnections, scrape, sum } from '../support/metrics.js';
import { bytesOf, GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { until } from '../support/until.js';

/** So few that the bound on held bodies refuses none of them. */
const CLIENTS = 30;
const PIPELINING_CLIENTS = 6;
const INTAKE_BYTES_MAX = 1_048_576;

const WHOLE = requestBytes({ body: bytesOf({ ...goodRound(), explain: true, bids: manyBids(500) }) });
const HALF = WHOLE.subarray(0, WHOLE.length / 2);
const ALL_BUT_ONE_BYTE = WHOLE.subarray(0, -1);
const FIVE_ROUNDS = Buffer.concat(Array<Buffer>(5).fill(WHOLE));
const CHUNK = Buffer.concat([
  requestBytes({ headers: { 'transfer-encoding': 'chunked' } }),
  Buffer.from(`4000\r\n${' '.repeat(0x4000)}\r\n`),
]);

let server: BuiltServer;
/** What stood before a test, to tell what it left behind. */
let connectionsBefore: number;
let loggedBefore: number;
let failuresBefore: number;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_INTAKE_BYTES_MAX: String(INTAKE_BYTES_MAX) });
});

beforeEach(async () => {
  connectionsBefore = await openConnections(server);
  loggedBefore = server.written.stderr.length;
  failuresBefore = await failures();
});

afterAll(() => server.stop());

type Leave = (connection: Connection) => void;
const killed: Leave = (connection) => {
  connection.cut();
};
const closing: Leave = (connection) => {
  connection.socket.end();
};

describe('clients that leave', () => {
  test.each<[string, Buffer, Leave]>([
    ['in the middle of the body, killed', HALF, killed],
    ['in the middle of the body, closing', HALF, closing],
    ['one byte before the end, killed', ALL_BUT_ONE_BYTE, killed],
    ['in the middle of the chunks, killed', CHUNK, killed],
    ['when the round is sent, killed', WHOLE, killed],
    ['without a word', Buffer.alloc(0), killed],
  ])('%s, leave nothing behind', async (_, bytes, leave) => {
    await Promise.all(Array.from({ length: CLIENTS }, () => comeAndLeave(bytes, leave)));
    await expectNothingLeft();
  });

  test('in the middle of the answer leave nothing behind', async () => {
    for (let client = 0; client < CLIENTS; client++) {
      const connection = await connectTo(server);
      connection.write(WHOLE);
      await connection.firstByte();
      connection.cut();
    }
    await expectNothingLeft();
  });

  test('when five rounds are sent in a row leave nothing behind', async () => {
    await Promise.all(Array.from({ length: PIPELINING_CLIENTS }, () => comeAndLeave(FIVE_ROUNDS, killed)));
    await expectNothingLeft();
  });
});

async function comeAndLeave(bytes: Buffer, leave: Leave): Promise<void> {
  const connection = await connectTo(server);
  connection.write(bytes);
  await until('the bytes are on their way', () => connection.socket.writableLength === 0);
  leave(connection);
}

async function expectNothingLeft(): Promise<void> {
  await until('no connection is left', async () => (await openConnections(server)) <= connectionsBefore);
  await until('no round waits', async () => sum(await scrape(server), 'parley_pool_queue_rounds') === 0);
  expect(await failures(), 'requests counted as failures of the engine').toBe(failuresBefore);
  expectQuietLog({ stderr: server.written.stderr.slice(loggedBefore) });
  await until('there is room for a body as large as the bound', takesAFullIntake);
}

/** The bound on held bodies is small here: had one of them been forgotten, this round would be refused. */
async function takesAFullIntake(): Promise<boolean> {
  const connection = await connectTo(server);
  const body = Buffer.concat([GOOD_BYTES, Buffer.alloc(INTAKE_BYTES_MAX - GOOD_BYTES.length, ' ')]);
  const { status } = await connection.ask({ body });
  connection.close();
  return status === 200;
}

async function failures(): Promise<number> {
  return sum(await scrape(server), 'parley_http_request_duration_seconds_count', 'status="5');
}
