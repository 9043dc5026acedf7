import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDoor, type Engine } from '../../src/app.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { gatedWorker } from '../support/gated-worker.js';
import { requestBytes } from '../support/http-messages.js';
import { type LineStream, openStream } from '../support/line-stream.js';
import { scrape, sum } from '../support/metrics.js';
import { bytesOf, GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { until, within } from '../support/until.js';

const ROUND = JSON.stringify(goodRound());
const LINE_MS_MAX = '400';
const PROMPT_MS = 4000;
const HEAVY = `${JSON.stringify(goodRound({ explain: true, bids: manyBids(300) }))}\n`;
const MIB = 1_048_576;

describe('a sender that stalls', () => {
  test.each<[string, string, string | undefined]>([
    ['between two lines', '', undefined],
    ['within a line', '{"id":', undefined],
    ['while bytes still trickle in', '{"id":', ' '],
    ['within a line that is too large anyway', 'x'.repeat(2 * MIB), 'x'],
  ])('%s gets the answers it is owed and is told so', async (_, unfinished, trickled) => {
    const door = await doorOf(await engineOf({ PARLEY_REQUEST_MS_MAX: LINE_MS_MAX }));
    const stream = openStream(door);
    stream.write(`${ROUND}\n${unfinished}`);
    const stop = trickled === undefined ? undefined : trickle(stream, trickled);
    const lines = await stream.rest();
    stop?.();
    expect(JSON.parse(lines[0]!)).toMatchObject({ outcome: 'cleared' });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    expect((JSON.parse(lines.at(-1)!) as { line: number }).line).toBeGreaterThan(1);
    await expectNothingLeft(door, 'REQUEST_TIMEOUT');
  });

  test.each([
    ['rounds', `${ROUND}\n`],
    ['blank lines', '\n'],
  ])('is not one while %s keep coming, for longer than a request may take', async (_, kept) => {
    const door = await doorOf(await engineOf({ PARLEY_REQUEST_MS_MAX: LINE_MS_MAX }));
    const stream = openStream(door);
    const stop = trickle(stream, kept);
    // Whoever does the same with a body of its own runs into the limit, time after time.
    for (let time = 0; time < 3; time++) {
      const late = await connectTo(door);
      late.write(requestBytes({ body: GOOD_BYTES }).subarray(0, -1));
      expect((await late.answer()).status).toBe(408);
    }
    stop();
    stream.end(ROUND);
    const lines = await stream.rest();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ outcome: 'cleared' });
  });

  test('is not one while the engine keeps it waiting', async () => {
    const gate = gatedWorker();
    const door = await doorOf(
      await engineOf({ PARLEY_REQUEST_MS_MAX: '100', PARLEY_QUEUE_MAX: '2' }, gate.url),
    );
    const stream = openStream(door);
    stream.end(`${ROUND}\n${ROUND}\n`);
    // A body that never gets done shows that several time limits have passed.
    for (let time = 0; time < 3; time++) {
      const late = await connectTo(door);
      late.write(requestBytes({ body: GOOD_BYTES }).subarray(0, -1));
      expect((await late.answer()).status).toBe(408);
    }
    gate.open();
    for (const line of await stream.rest()) expect(JSON.parse(line)).toMatchObject({ outcome: 'cleared' });
  });
});

describe('a client that', () => {
  test('is killed lets go of everything, and no further line is taken', async () => {
    const gate = gatedWorker();
    const engine = await engineOf(
      { PARLEY_QUEUE_MAX: '4', PARLEY_BATCH_ROUNDS_MAX: '1', PARLEY_INTAKE_BYTES_MAX: String(MIB) },
      gate.url,
    );
    const { server, port } = await openDoor(engine);
    const door = { port };
    const arrived: Socket[] = [];
    server.on('connection', (socket) => arrived.push(socket));
    const stream = openStream(door);
    stream.write(`${ROUND}\n`.repeat(150));
    await until(
      'one round is with the worker and one waits',
      async () => sum(await scrape(door), 'parley_pool_queue_rounds') === 1,
    );
    stream.cut();
    await until('the engine has noticed', () => arrived[0]!.destroyed);
    gate.open();
    await expectNothingLeft(door, 'left');
    expect(sum(await scrape(door), 'parley_rounds_decided_total'), 'what was under way is recorded').toBe(2);
    const connection = await connectTo(door);
    const body = Buffer.concat([GOOD_BYTES, Buffer.alloc(MIB - GOOD_BYTES.length, ' ')]);
    expect((await connection.ask({ body })).status, 'the whole intake is free').toBe(200);
  });

  test.each<[string, string]>([
    ['closes in the middle of its body', ''],
    ['sends noise in the middle of its chunks', 'noise\r\n'],
  ])('%s is answered what came whole, and told', async (_, last) => {
    const door = await doorOf(await engineOf());
    const connection = await connectTo(door);
    const headers = { 'content-type': 'application/x-ndjson', 'transfer-encoding': 'chunked' };
    connection.write(requestBytes({ path: '/v1/rounds/batch', headers }));
    const text = `${ROUND}\n${ROUND}\n${ROUND.slice(0, 40)}`;
    connection.write(`${text.length.toString(16)}\r\n${text}\r\n${last}`);
    if (last === '') connection.socket.end();
    const lines = (await connection.answer()).body.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { outcome: 'cleared' },
      { outcome: 'cleared' },
      { line: 3, code: 'MALFORMED_HTTP' },
    ]);
    await connection.over();
    await expectNothingLeft(door, 'MALFORMED_HTTP');
  });

  test('never reads its answers is cut off', async () => {
    const door = await doorOf(await engineOf({ PARLEY_REQUEST_MS_MAX: LINE_MS_MAX }));
    const connection = await connectTo(door);
    connection.socket.pause();
    const headers = { 'content-type': 'application/x-ndjson', 'content-length': String(1e9) };
    connection.write(requestBytes({ path: '/v1/rounds/batch', headers }));
    const lines = HEAVY.repeat(50);
    const push = (): void => {
      while (connection.fate === undefined && connection.socket.write(lines));
    };
    connection.socket.on('drain', push);
    push();
    await expectNothingLeft(door, 'left', 20_000);
  });
});

describe('a door that closes', () => {
  test('answers the lines it took, says that it drains, and ends a stream without end', async () => {
    const { door, port } = await openDoor(await engineOf());
    const stream = openStream({ port });
    const feed = (): void => {
      while (stream.fate === undefined && stream.write(`${ROUND}\n`.repeat(100)));
    };
    stream.request.on('drain', feed);
    feed();
    await stream.line();
    const closing = door.close();
    const lines = (await stream.rest()).map((line) => JSON.parse(line) as { line?: number; code?: string });
    await within(PROMPT_MS, 'the door is closed', closing);
    expect(lines.at(-1)).toMatchObject({ line: lines.length + 1, code: 'DRAINING' });
    for (const line of lines.slice(0, -1)) expect(line).toMatchObject({ outcome: 'cleared' });
  });

  test('answers lines that wait for a worker, and takes none behind them', async () => {
    const gate = gatedWorker();
    const { door, port } = await openDoor(await engineOf({}, gate.url));
    const stream = openStream({ port });
    stream.write(`${ROUND}\n`.repeat(10));
    await until('the stream is open', async () => sum(await scrape({ port }), 'parley_bulk_streams') === 1);
    const closing = door.close();
    gate.open();
    const lines = await stream.rest();
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ line: lines.length, code: 'DRAINING' });
    await within(PROMPT_MS, 'the door is closed', closing);
  });
});

test('a door that closes when a whole body is taken has nothing to say but its answers', async () => {
  const gate = gatedWorker();
  const { door, port } = await openDoor(await engineOf({ PARLEY_BATCH_ROUNDS_MAX: '1' }, gate.url));
  const stream = openStream({ port }).end(`${ROUND}\n${ROUND}\n`);
  await until('a line waits', async () => sum(await scrape({ port }), 'parley_pool_queue_rounds') === 1);
  const closing = door.close();
  gate.open();
  expect(await stream.rest()).toHaveLength(2);
  await within(PROMPT_MS, 'the door is closed', closing);
});

test('an intake that others hold is waited for, and a stream goes on when there is room', async () => {
  const door = await doorOf(await engineOf({ PARLEY_INTAKE_BYTES_MAX: String(MIB) }));
  const single = await connectTo(door);
  const body = Buffer.concat([GOOD_BYTES, Buffer.alloc(MIB - GOOD_BYTES.length, ' ')]);
  const request = requestBytes({ body, headers: { expect: '100-continue' } });
  const headEnd = request.indexOf('\r\n\r\n') + 4;
  single.write(request.subarray(0, headEnd));
  expect((await single.answer()).status).toBe(100);
  single.write(request.subarray(headEnd, -1));
  const other = await connectTo(door);
  await until(
    'the body has all the room',
    async () => (await other.ask({ body: GOOD_BYTES })).status === 503,
  );
  const stream = openStream(door).end(`${bytesOf(goodRound()).toString()}\n`);
  await until('the stream is open', () => stream.response !== undefined);
  single.write(request.subarray(-1));
  expect((await single.answer()).status).toBe(200);
  expect((await stream.rest()).map((line) => JSON.parse(line) as object)).toMatchObject([
    { outcome: 'cleared' },
  ]);
});

test('an intake that others hold for too long ends a stream', async () => {
  const gate = gatedWorker();
  const environment = {
    PARLEY_INTAKE_BYTES_MAX: String(MIB),
    PARLEY_REQUEST_MS_MAX: LINE_MS_MAX,
    PARLEY_BATCH_ROUNDS_MAX: '1',
  };
  const door = await doorOf(await engineOf(environment, gate.url));
  const [first, single] = [await connectTo(door), await connectTo(door)];
  first.send({ body: GOOD_BYTES });
  single.send({ body: Buffer.concat([GOOD_BYTES, Buffer.alloc(MIB - 2 * GOOD_BYTES.length, ' ')]) });
  await until('one of them waits', async () => sum(await scrape(door), 'parley_pool_queue_rounds') === 1);
  const stream = openStream(door);
  stream.write(`${ROUND}\n`);
  const lines = await stream.rest();
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ line: 1, code: 'OVERLOADED' }]);
  gate.open();
  expect((await single.answer()).status).toBe(200);
});

/** A door that the test itself closes. */
async function openDoor(engine: Engine) {
  const door = await createDoor(engine);
  const address = await door.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => {
    door.server.closeAllConnections();
    return door.close();
  });
  return { door, server: door.server, port: Number(new URL(address).port) };
}

async function expectNothingLeft(
  door: { readonly port: number },
  end: string,
  limitMs = 5000,
): Promise<void> {
  const ended = async () => sum(await scrape(door), 'parley_bulk_streams_ended_total', `end="${end}"`) === 1;
  await until(`the stream ended as ${end}`, ended, limitMs);
  expect(sum(await scrape(door), 'parley_bulk_streams')).toBe(0);
}

/** Writes the text again and again until it is told to stop. */
function trickle(stream: LineStream, text: string): () => void {
  const timer = setInterval(() => {
    stream.write(text);
  }, 25);
  const stop = (): void => {
    clearInterval(timer);
  };
  onTestFinished(stop);
  return stop;
}
