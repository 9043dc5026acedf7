import { describe, expect, test } from 'vitest';
import { startBuiltServer } from '../support/built-server.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { type LineStream, openStream } from '../support/line-stream.js';
import { scrape, sum } from '../support/metrics.js';
import { GOOD_BYTES, goodRound, manyBids } from '../support/rounds.js';
import { until } from '../support/until.js';

const ROUND = JSON.stringify(goodRound());
/** Bytes weigh here, and not the work of the worker: the rounds are small, and their lines are filled up with spaces. */
const BLOCK = `${JSON.stringify(goodRound({ bids: manyBids(20) })).padEnd(8000)}\n`.repeat(20);
const PUSHED_BYTES = 150_000_000;
/** A stream that held its body or its answers would take more than this. */
const RESIDENT_GROWTH_MAX = 60_000_000;

describe('a stream of any length', () => {
  test('takes the same memory all the way', async () => {
    const server = await startBuiltServer({ PARLEY_TRAIL_BYTES_MAX: '1048576' });
    const stream = openStream(server);
    const reading = count(stream);
    await push(stream, PUSHED_BYTES / 5);
    const before = sum(await scrape(server), 'process_resident_memory_bytes');
    await push(stream, (PUSHED_BYTES * 4) / 5);
    const after = sum(await scrape(server), 'process_resident_memory_bytes');
    stream.end();
    await stream.over();
    await server.stop();
    expect(stream.fate).toBe('whole');
    expect(reading.bytes).toBeGreaterThan(PUSHED_BYTES / 10);
    expect(after - before).toBeLessThan(RESIDENT_GROWTH_MAX);
  }, 120_000);

  test('is held back while nobody reads its answers, and goes on when somebody does', async () => {
    const server = await startBuiltServer();
    const stream = openStream(server);
    stream.write(BLOCK);
    await stream.line();
    stream.response!.pause();
    let lines = 20;
    while (stream.write(BLOCK) || (await drains(stream))) lines += 20;
    lines += 20;
    expect(lines * (BLOCK.length / 20), 'far less was taken than would have been sent').toBeLessThan(
      60_000_000,
    );
    const waiting = await scrape(server);
    expect(sum(waiting, 'parley_pool_queue_rounds')).toBe(0);
    stream.response!.resume();
    stream.end();
    expect(await stream.rest()).toHaveLength(lines - 1);
    await server.stop();
  }, 60_000);
});

describe('a queue that is nearly nothing', () => {
  test.each(['1', '2', '3'])(
    'of %s is shared: streams and single posts all get through',
    async (queueMax) => {
      const door = await doorOf(await engineOf({ PARLEY_QUEUE_MAX: queueMax, PARLEY_BATCH_ROUNDS_MAX: '1' }));
      const streams = [1, 2, 3].map(() => openStream(door));
      for (const stream of streams) feed(stream, `${ROUND}\n`);
      await Promise.all(streams.map((stream) => stream.line()));
      const connection = await connectTo(door);
      await until(
        'a single post gets in',
        async () => (await connection.ask({ body: GOOD_BYTES })).status === 200,
      );
      for (const stream of streams)
        expect(JSON.parse(await stream.line())).toMatchObject({ outcome: 'cleared' });
      expect(sum(await scrape(door), 'parley_bulk_lines_total', 'result="refused"')).toBe(0);
    },
  );

  test('is shared with single posts that keep it full: a stream gets through', async () => {
    const door = await doorOf(await engineOf({ PARLEY_QUEUE_MAX: '2', PARLEY_BATCH_ROUNDS_MAX: '1' }));
    const posting = { isOver: false, refused: 0 };
    const posts = Promise.all(Array.from({ length: 8 }, () => postUntilOver(door, posting)));
    await until('posts are refused', () => posting.refused > 0);
    const lines = await openStream(door).end(`${ROUND}\n`.repeat(200)).rest();
    posting.isOver = true;
    await posts;
    expect(lines).toHaveLength(200);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ outcome: 'cleared' });
  });
});

test('streams take turns: a later one is not kept waiting for the end of an earlier one', async () => {
  const door = await doorOf(await engineOf());
  const long = openStream(door);
  feed(long, BLOCK);
  await long.line();
  const short = openStream(door).end(`${ROUND}\n`.repeat(100));
  expect(await short.rest()).toHaveLength(100);
  expect(long.fate).toBeUndefined();
});

async function postUntilOver(
  door: { readonly port: number },
  posting: { readonly isOver: boolean; refused: number },
): Promise<void> {
  const connection = await connectTo(door);
  while (!posting.isOver) {
    if ((await connection.ask({ body: GOOD_BYTES })).status === 503) posting.refused++;
  }
}

/** Sends the text again and again, as fast as it is taken. */
function feed(stream: LineStream, text: string): void {
  const go = (): void => {
    while (stream.fate === undefined && stream.write(text));
  };
  stream.request.on('drain', go);
  go();
}

/** Counts what is answered without keeping it. */
function count(stream: LineStream): { readonly bytes: number } {
  const counted = { bytes: 0 };
  stream.request.on('response', (response) => {
    response.removeAllListeners('data');
    response.on('data', (text: string) => (counted.bytes += text.length));
  });
  return counted;
}

async function push(stream: LineStream, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += BLOCK.length) {
    if (!stream.write(BLOCK)) await drained(stream);
  }
}

function drained(stream: LineStream): Promise<void> {
  return new Promise((resolve) => {
    stream.request.once('drain', () => {
      resolve();
    });
  });
}

/** Whether the sender may go on within a while; false when it is held back. */
async function drains(stream: LineStream): Promise<boolean> {
  return until('the sender may go on', () => !stream.request.writableNeedDrain, 500).then(
    () => true,
    () => false,
  );
}
