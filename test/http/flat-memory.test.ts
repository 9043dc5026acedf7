import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { Connection, connectTo } from '../support/connection.js';
import { requestBytes } from '../support/http-messages.js';
import { scrape, sum } from '../support/metrics.js';
import { bytesOf, GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { DEEP_BODIES, NOT_JSON_BODIES, UNSAFE_BODIES } from './bad-bodies.js';
import { BAD_REQUESTS } from './bad-requests.js';
import { BAD_ROUNDS } from './bad-rounds.js';

const CONNECTIONS = 8;
const TURNS = 3;
/** One in a hundred of the bad bodies forgotten, or one in fifteen of the rounds, is more than this in a turn. */
const HEAP_GROWTH_MAX = 250_000;
/** The allocator of the system gives back late, so this only tells when a worker keeps what it parsed. */
const RESIDENT_GROWTH_MAX = 40_000_000;

/** The child collects its garbage when it is told to. */
const COLLECTS = ['--expose-gc', '--import', "data:text/javascript,process.on('SIGUSR2',()=>gc())"];

const MALFORMED = Buffer.from('noise\r\n\r\n');
const HALF = requestBytes({ body: Buffer.alloc(200_000, ' ') }).subarray(0, 100_000);
const TOO_LARGE = requestBytes({ body: Buffer.alloc(1_100_000, ' ') });
const BAD: readonly Buffer[] = [
  ...[...NOT_JSON_BODIES, ...UNSAFE_BODIES, ...DEEP_BODIES].map(({ body }) => requestBytes({ body })),
  ...BAD_ROUNDS.map(({ round }) => requestBytes({ body: Buffer.isBuffer(round) ? round : bytesOf(round) })),
  ...BAD_REQUESTS.filter(({ request }) => request.method !== 'HEAD').map(({ request }) =>
    requestBytes(request),
  ),
  ...Array<Buffer>(8).fill(TOO_LARGE),
];

let server: BuiltServer;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_TRAIL_BYTES_MAX: String(1_048_576) }, COLLECTS);
});

afterAll(() => server.stop());

test('memory stays flat over thousands of bad requests of every kind', async () => {
  await expectFlat(sendAllBad);
}, 90_000);

test('memory stays flat over thousands of rounds once the trail has reached its bound', async () => {
  const rounds = Array<Buffer>(120).fill(
    requestBytes({ body: bytesOf({ ...goodRound(), bids: manyBids(100) }) }),
  );
  await expectFlat(() => sendOnAll(rounds));
}, 90_000);

/** What leaks grows in every turn; what is compiled, cached or given back late grows in some. */
async function expectFlat(turn: () => Promise<void>): Promise<void> {
  await turn();
  const readings = [await memory()];
  for (let done = 0; done < TURNS; done++) {
    await turn();
    readings.push(await memory());
  }
  expect(leastGrowth(readings.map(({ heap }) => heap))).toBeLessThan(HEAP_GROWTH_MAX);
  expect(leastGrowth(readings.map(({ resident }) => resident))).toBeLessThan(RESIDENT_GROWTH_MAX);
  const connection = await connectTo(server);
  expect((await connection.ask({ body: GOOD_BYTES })).status).toBe(200);
}

function leastGrowth(bytes: readonly number[]): number {
  return Math.min(...bytes.slice(1).map((after, turn) => after - bytes[turn]!));
}

/** Every bad request once on every connection, and two clients for each that break off. */
async function sendAllBad(): Promise<void> {
  await sendOnAll(BAD);
  await Promise.all(Array.from({ length: CONNECTIONS }, breakOff));
}

async function sendOnAll(requests: readonly Buffer[]): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sendInTurn(requests)));
}

async function sendInTurn(requests: readonly Buffer[]): Promise<void> {
  let connection = await Connection.open(server.port);
  for (const bytes of requests) {
    connection.write(bytes);
    const { headers } = await connection.answer();
    if (headers['connection'] !== 'close') continue;
    connection.close();
    connection = await Connection.open(server.port);
  }
  connection.close();
}

async function breakOff(): Promise<void> {
  const leaving = await Connection.open(server.port);
  leaving.write(HALF);
  leaving.cut();
  const garbled = await Connection.open(server.port);
  garbled.write(MALFORMED);
  await garbled.answer();
  garbled.close();
}

interface Memory {
  /** The heap with its buffers, after garbage is collected. */
  readonly heap: number;
  /** The whole process, worker threads included. */
  readonly resident: number;
}

/** The least of several readings, because each reading itself makes garbage. */
async function memory(): Promise<Memory> {
  const readings: Memory[] = [];
  for (let time = 0; time < 5; time++) {
    server.signal('SIGUSR2');
    const samples = await scrape(server);
    const used = sum(samples, 'nodejs_heap_size_used_bytes') + sum(samples, 'nodejs_external_memory_bytes');
    readings.push({ heap: used, resident: sum(samples, 'process_resident_memory_bytes') });
  }
  return {
    heap: Math.min(...readings.map(({ heap }) => heap)),
    resident: Math.min(...readings.map(({ resident }) => resident)),
  };
}
