import { describe, expect, test } from 'vitest';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { clearLines, openStream } from '../support/line-stream.js';
import { scrape, sum } from '../support/metrics.js';
import { bid, goodRound, lot, manyBids } from '../support/rounds.js';

const ROUND = JSON.stringify(goodRound());
const BODY_BYTES_MAX = 4096;

/** Rounds of many kinds and sizes, so that some are decided long before those in front of them. */
function differentRounds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(
      goodRound({
        id: `r${index}`,
        explain: index % 3 === 0,
        bids: manyBids(index % 7 === 0 ? 60 : 1 + (index % 4)),
      }),
    ),
  );
}

async function openDoor(environment: Readonly<Record<string, string>> = {}) {
  return doorOf(await engineOf(environment));
}

describe('the answers of a stream', () => {
  test.each([1, 3])(
    'are those of single posts, byte for byte and in order, with %d threads',
    async (threads) => {
      const door = await openDoor({ PARLEY_THREADS: String(threads), PARLEY_BATCH_ROUNDS_MAX: '8' });
      const tied = goodRound({ id: 'tied', bids: ['b1', 'b2', 'b3'].map((id) => bid(id, 1)) });
      const slots = goodRound({ id: 'slots', format: 'vcg', lots: [lot('homepage', { slots: [1, 0.5] })] });
      const rounds = [...differentRounds(1500), JSON.stringify(tied), JSON.stringify(slots)];
      const lines = await clearLines(door, `${rounds.join('\n')}\n`);
      const connection = await connectTo(door);
      const posted: string[] = [];
      for (const body of rounds) posted.push((await connection.ask({ body })).body);
      expect(lines).toEqual(posted);
    },
  );

  test('come while the body is still arriving', async () => {
    const stream = openStream(await openDoor());
    for (let round = 0; round < 5; round++) {
      stream.write(`${JSON.stringify(goodRound({ id: `r${round}` }))}\n`);
      expect(JSON.parse(await stream.line())).toMatchObject({ id: `r${round}` });
    }
    stream.end();
    expect(await stream.rest()).toEqual([]);
  });

  test('name their records when they are asked to, and the records stand in the ledger', async () => {
    const engine = await engineOf();
    const door = await doorOf(engine);
    const [answer, refused] = await clearLines({ ...door, query: '?records=true' }, `${ROUND}\nnope\n`);
    const { record, ...round } = JSON.parse(answer!) as { readonly record: string };
    expect(answer).toMatch(/,"record":"n[0-9a-f]{16}-1-0"\}$/);
    const [, node, block, index] = /^(n\w+)-(\d+)-(\d+)$/.exec(record)!;
    const address = { node: node!, block: Number(block), index: Number(index) };
    expect(String(await engine.ledger.readRecord(address))).toContain('"round-1"');
    expect(JSON.parse((await clearLines(door, ROUND))[0]!)).toEqual(round);
    expect(JSON.parse(refused!)).not.toHaveProperty('record');
  });

  test('name no record when none is kept', async () => {
    const door = await openDoor({ PARLEY_RETENTION: 'off' });
    const [answer] = await clearLines({ ...door, query: '?records=true' }, ROUND);
    expect(JSON.parse(answer!)).not.toHaveProperty('record');
  });
});

describe('a line that is refused', () => {
  test('is answered with its number, and the others are cleared', async () => {
    const unknown = JSON.stringify(goodRound({ bids: [bid('b1', 1, { lot: 'nowhere' })] }));
    const body = [ROUND, '', '{', ROUND, unknown, '{"__proto__":1}', ROUND].join('\r\n');
    const headers = { 'x-request-id': 'trace-81' };
    const lines = (await clearLines({ ...(await openDoor()), headers }, body)).map(
      (line) => JSON.parse(line) as object,
    );
    const message = expect.stringMatching(/\S/) as string;
    const requestId = 'trace-81';
    expect(lines).toEqual([
      expect.objectContaining({ outcome: 'cleared' }),
      { line: 3, code: 'NOT_JSON', message, requestId },
      expect.objectContaining({ outcome: 'cleared' }),
      { line: 5, code: 'UNKNOWN_LOT', message, path: '/bids/0/lot', requestId },
      { line: 6, code: 'UNSAFE_KEYS', message, requestId },
      expect.objectContaining({ outcome: 'cleared' }),
    ]);
  });

  test.each([
    ['in one piece', 1],
    ['in many pieces', 300],
  ])('because it is too large is thrown away %s', async (_, pieces) => {
    const stream = openStream(await openDoor({ PARLEY_BODY_BYTES_MAX: String(BODY_BYTES_MAX) }));
    stream.write(`${ROUND}\n`);
    for (let piece = 0; piece < pieces; piece++) stream.write(Buffer.alloc(BODY_BYTES_MAX + 1, 'x'));
    stream.end(`\n${ROUND}\n`);
    const [, refused, last, ...others] = await stream.rest();
    expect(JSON.parse(refused!)).toMatchObject({ line: 2, code: 'BODY_TOO_LARGE' });
    expect(JSON.parse(last!)).toMatchObject({ outcome: 'cleared' });
    expect(others).toEqual([]);
  });

  test('may be exactly as large as a body', async () => {
    const door = await openDoor({ PARLEY_BODY_BYTES_MAX: String(BODY_BYTES_MAX) });
    const lines = await clearLines(
      door,
      [BODY_BYTES_MAX, BODY_BYTES_MAX + 1].map((size) => ROUND.padEnd(size)).join('\r\n'),
    );
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { outcome: 'cleared' },
      { line: 2, code: 'BODY_TOO_LARGE' },
    ]);
  });
});

describe('a body', () => {
  test.each([
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-ndjson; charset=utf-8',
  ])('may be sent as %s', async (type) => {
    const stream = openStream({ ...(await openDoor()), headers: { 'content-type': type } }).end(ROUND);
    expect(await stream.rest()).toHaveLength(1);
    expect(stream.response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['as JSON', { 'content-type': 'application/json' }],
    ['as text', { 'content-type': 'text/plain' }],
    ['in another charset', { 'content-type': 'application/x-ndjson; charset=latin1' }],
    ['compressed', { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }],
    ['without a type', { 'content-type': '' }],
  ])('may not be sent %s', async (_, headers) => {
    const connection = await connectTo(await openDoor());
    const answer = await connection.ask({ path: '/v1/rounds/batch', headers, body: ROUND });
    expectRefusal(answer, { code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('as one round may not be lines', async () => {
    const connection = await connectTo(await openDoor());
    const headers = { 'content-type': 'application/x-ndjson' };
    expectRefusal(await connection.ask({ headers, body: ROUND }), { code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test.each(['', '\n', '\r\n \n\n'])('of nothing but %j is answered with no line', async (body) => {
    expect(await clearLines(await openDoor(), body)).toEqual([]);
  });

  test('leaves the connection for the next request', async () => {
    const connection = await connectTo(await openDoor());
    const path = '/v1/rounds/batch';
    const headers = { 'content-type': 'application/x-ndjson' };
    const [first, second] = [
      await connection.ask({ path, headers, body: ROUND }),
      await connection.ask({ body: ROUND }),
    ];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toBe(`${second.body}\n`);
  });
});

test('lines are counted by result, and streams by their end', async () => {
  const door = await openDoor();
  const stream = openStream(door);
  stream.write(`${ROUND}\nnope\n${ROUND}\n`);
  for (let line = 0; line < 3; line++) await stream.line();
  const during = await scrape(door);
  expect(sum(during, 'parley_bulk_streams')).toBe(1);
  expect(sum(during, 'parley_bulk_lines_total', 'result="cleared"')).toBe(2);
  expect(sum(during, 'parley_bulk_lines_total', 'result="refused"')).toBe(1);
  expect(sum(during, 'parley_rounds_decided_total')).toBe(2);
  await stream.end().rest();
  const after = await scrape(door);
  expect(sum(after, 'parley_bulk_streams')).toBe(0);
  expect(sum(after, 'parley_bulk_streams_ended_total', 'end="whole"')).toBe(1);
  expect(
    sum(after, 'parley_http_request_duration_seconds_count', 'route="/v1/rounds/batch"', 'status="200"'),
  ).toBe(1);
});

test('more streams than the engine accepts are refused before anything is read', async () => {
  const door = await openDoor({ PARLEY_STREAMS_MAX: '1' });
  const open = openStream(door);
  open.write(`${ROUND}\n`);
  await open.line();
  const connection = await connectTo(door);
  const asking = {
    path: '/v1/rounds/batch',
    headers: { 'content-type': 'application/x-ndjson' },
    body: ROUND,
  };
  expectRefusal(await connection.ask(asking), { code: 'OVERLOADED' });
  await open.end().rest();
  expect((await connection.ask(asking)).status).toBe(200);
});
