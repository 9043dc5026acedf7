import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/app.js';
import { roundKeyOf } from '../../src/trail/round-key.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { connectTo } from '../support/connection.js';
import { gatedWorker } from '../support/gated-worker.js';
import { clearLines, openStream } from '../support/line-stream.js';
import { goodRound } from '../support/rounds.js';
import { until } from '../support/until.js';

const HEADERS = { 'idempotency-key': 'the-stream-of-tonight' };
const LINES = Array.from({ length: 40 }, (_, at) => JSON.stringify(goodRound({ id: idOf(at) })));
const WHOLE = LINES.join('\n');

describe('a stream that is sent again with its key', () => {
  test('is answered the same, line by line, and decides nothing again', async () => {
    const { port, engine } = await newDoor();
    const opening = { port, query: '?records=true', headers: HEADERS };
    const first = await clearLines(opening, WHOLE);
    expect(await clearLines(opening, WHOLE)).toEqual(first);
    await expectOneRecordEach(engine);
  });

  test.each([1, 7, 39])(
    'after a connection that was lost behind %d lines decides the others',
    async (sent) => {
      const { port, engine } = await newDoor();
      const lost = openStream({ port, headers: HEADERS });
      lost.write(`${LINES.slice(0, sent).join('\n')}\n`);
      const seen: string[] = [];
      while (seen.length < sent) seen.push(await lost.line());
      lost.cut();
      const answers = await clearLines({ port, headers: HEADERS }, WHOLE);
      expect(answers.slice(0, sent)).toEqual(seen);
      for (const [at, line] of answers.entries()) expect(JSON.parse(line)).toMatchObject({ id: idOf(at) });
      await expectOneRecordEach(engine);
    },
  );

  test('may ask for the ids of records the second time only', async () => {
    const { port, engine } = await newDoor();
    await clearLines({ port, headers: HEADERS }, WHOLE);
    for (const line of await clearLines({ port, query: '?records=true', headers: HEADERS }, WHOLE)) {
      expect(JSON.parse(line)).toMatchObject({ record: expect.stringMatching(/^n/) as string });
    }
    await expectOneRecordEach(engine);
  });

  test('has an error line where another line stands now, and goes on', async () => {
    const { port, engine } = await newDoor();
    const first = await clearLines({ port, headers: HEADERS }, WHOLE);
    const changed = LINES.with(3, JSON.stringify(goodRound({ id: 'another' }))).join('\n');
    const second = await clearLines({ port, headers: HEADERS }, changed);
    expect(JSON.parse(second[3]!)).toMatchObject({ line: 4, code: 'IDEMPOTENCY_MISMATCH' });
    expect(second.with(3, first[3]!)).toEqual(first);
    await expectOneRecordEach(engine);
  });

  test('decides a line again that was refused, and leaves the others', async () => {
    const { port, engine } = await newDoor();
    const broken = LINES.with(5, '{').join('\n');
    const first = await clearLines({ port, headers: HEADERS }, broken);
    expect(JSON.parse(first[5]!)).toMatchObject({ line: 6, code: 'NOT_JSON' });
    const second = await clearLines({ port, headers: HEADERS }, WHOLE);
    expect(second.with(5, first[5]!)).toEqual(first);
    expect(JSON.parse(second[5]!)).toMatchObject({ id: idOf(5), outcome: 'cleared' });
    await expectOneRecordEach(engine);
  });

  test('at the same time is decided once, and the later one is told that it is under way', async () => {
    const gate = gatedWorker();
    const { port, engine } = await newDoor(gate.url);
    const streams = [openStream({ port, headers: HEADERS }), openStream({ port, headers: HEADERS })];
    for (const stream of streams) stream.end(WHOLE);
    await until('a line has come', () => streams.some(({ lineCount }) => lineCount > 0));
    gate.open();
    const answers = await Promise.all(streams.map((stream) => stream.rest()));
    const decided = LINES.map((_, at) => answers.map((lines) => lines[at]!).filter(isDecided));
    for (const each of decided) expect(new Set(each).size).toBe(1);
    expect(await clearLines({ port, headers: HEADERS }, WHOLE)).toEqual(decided.map(([line]) => line));
    for (const line of answers.flat().filter((each) => !isDecided(each))) {
      expect(JSON.parse(line)).toMatchObject({ code: 'IN_FLIGHT' });
    }
    await expectOneRecordEach(engine);
  });
});

test('the key of a stream is not that of a single round, and a bad one refuses the stream', async () => {
  const { port } = await newDoor();
  await clearLines({ port, headers: HEADERS }, LINES[0]!);
  const connection = await connectTo({ port });
  const single = await connection.ask({ body: LINES[0]!, headers: HEADERS });
  expect(single.headers['idempotent-replayed']).toBeUndefined();
  expect(single.status).toBe(200);
  const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'short' };
  expectRefusal(await connection.ask({ path: '/v1/rounds/batch', body: LINES[0]!, headers }), {
    code: 'INVALID_IDEMPOTENCY_KEY',
  });
});

async function newDoor(worker?: URL) {
  const engine = await engineOf({}, worker);
  return { engine, port: (await doorOf(engine)).port };
}

async function expectOneRecordEach({ ledger }: Engine): Promise<void> {
  for (const at of LINES.keys()) {
    expect(await ledger.findRecords(roundKeyOf(idOf(at)), 10), idOf(at)).toHaveLength(1);
  }
}

function isDecided(line: string): boolean {
  return !line.startsWith('{"line":');
}

function idOf(at: number): string {
  return `line-${at}`;
}
