import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecordId } from '../../src/base/ids.js';
import type { ErrorCode } from '../../src/base/errors.js';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';
import { capAt } from '../support/catalogue-calls.js';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { gatedWorker } from '../support/gated-worker.js';
import type { Answer, Asking } from '../support/http-messages.js';
import { scrape, sum } from '../support/metrics.js';
import { bytesOf, GOOD_BYTES, goodRound } from '../support/rounds.js';
import { until } from '../support/until.js';

const ROUND: Asking = { body: GOOD_BYTES };
const OTHER: Asking = { body: bytesOf(goodRound({ id: 'round-2' })) };
const NAMELESS: Asking = { body: JSON.stringify({ ...goodRound(), id: undefined }) };
const BAD: Asking = { body: bytesOf(goodRound({ currency: 'XXX' })) };
const AUCTION: Asking = {
  path: '/openrtb2/clear',
  body: JSON.stringify({ request: { id: 'r1', imp: [{ id: 'top' }] }, responses: [] }),
};
const HOUSE: Asking = putting('/v1/policies/house', capAt(5));
const PROFILE = {
  attributes: { viewability: { weight: 1, value: { linear: { from: 0, to: 1 } } } },
};

let server: BuiltServer;
let keys = 0;

beforeAll(async () => {
  server = await startBuiltServer();
});

afterAll(() => server.stop());

describe('a second request with the same key', () => {
  test.each<[string, Asking, Asking, 'replayed' | ErrorCode]>([
    ['the same round', ROUND, ROUND, 'replayed'],
    ['the same auction', AUCTION, AUCTION, 'replayed'],
    ['the same policy', HOUSE, HOUSE, 'replayed'],
    [
      'the same profile',
      putting('/v1/profiles/seen', PROFILE),
      putting('/v1/profiles/seen', PROFILE),
      'replayed',
    ],
    ['another round', ROUND, OTHER, 'IDEMPOTENCY_MISMATCH'],
    [
      'the same round, spaced otherwise',
      ROUND,
      { body: `${GOOD_BYTES.toString()} ` },
      'IDEMPOTENCY_MISMATCH',
    ],
    ['the same bytes with another query', ROUND, { ...ROUND, path: '/v1/rounds?x' }, 'IDEMPOTENCY_MISMATCH'],
    [
      'the same bytes at another address',
      ROUND,
      { ...ROUND, path: '/openrtb2/clear' },
      'IDEMPOTENCY_MISMATCH',
    ],
    ['another document', HOUSE, putting('/v1/policies/house', capAt(6)), 'IDEMPOTENCY_MISMATCH'],
    [
      'the document under another name',
      HOUSE,
      { ...HOUSE, path: '/v1/policies/home' },
      'IDEMPOTENCY_MISMATCH',
    ],
    [
      'the document under another condition',
      HOUSE,
      { ...HOUSE, headers: { 'if-match': '"1"' } },
      'IDEMPOTENCY_MISMATCH',
    ],
    ['a bad round that came before', BAD, BAD, 'UNKNOWN_CURRENCY'],
  ])('%s', async (_, first, second, expected) => {
    const key = freshKey();
    const answers = [await ask(first, key), await ask(second, key)] as const;
    if (expected === 'replayed') expectReplay(answers[1], answers[0]);
    else expect([answers[1].status, codeOf(answers[1])]).toEqual([422, expected]);
  });

  test('is decided when the first was refused: nothing was decided then', async () => {
    const key = freshKey();
    expectRefusal(await ask(BAD, key), { code: 'UNKNOWN_CURRENCY', path: '/currency' });
    const decided = await ask(ROUND, key);
    expectDecision(decided);
    expectReplay(await ask(ROUND, key), decided);
  });

  test('is answered the same again however often it comes, also after a mismatch', async () => {
    const key = freshKey();
    const decided = await ask(ROUND, key);
    for (let time = 0; time < 3; time++) {
      expectRefusal(await ask(OTHER, key), { code: 'IDEMPOTENCY_MISMATCH' });
      expectReplay(await ask(ROUND, key), decided);
    }
  });

  test('is another decision without the key, or under another one', async () => {
    const answers = [await ask(ROUND, freshKey()), await ask(ROUND, freshKey()), await ask(ROUND)];
    for (const answer of answers) expectDecision(answer);
    expect(new Set(answers.map(({ headers }) => headers['parley-record'])).size).toBe(3);
  });

  test('answers the version that was made then, whatever is newest by now', async () => {
    const key = freshKey();
    const made = await ask(putting('/v1/policies/moving', capAt(1)), key);
    expect((await ask(putting('/v1/policies/moving', capAt(2)))).status).toBe(201);
    expectReplay(await ask(putting('/v1/policies/moving', capAt(1)), key), made);
    expect(made.headers['etag']).toBe('"1"');
  });
});

describe('a key that cannot be one', () => {
  test.each<[string, string]>([
    ['is too short', 'x'.repeat(15)],
    ['is too long', 'x'.repeat(256)],
    ['has a space', 'x'.repeat(16) + ' ' + 'x'],
    ['is not ASCII', 'x'.repeat(16) + '\u00e9'],
  ])('%s', async (_, key) => {
    for (const asking of [ROUND, AUCTION, HOUSE]) {
      expectRefusal(await ask(asking, key), { code: 'INVALID_IDEMPOTENCY_KEY' });
    }
  });

  test('stands there twice', async () => {
    const connection = await connectTo(server);
    const key = freshKey();
    connection.write(
      `POST /v1/rounds HTTP/1.1\r\nhost: parley\r\ncontent-type: application/json\r\ncontent-length: ${GOOD_BYTES.length}\r\n` +
        `idempotency-key: ${key}\r\nidempotency-key: ${key}\r\n\r\n${GOOD_BYTES.toString()}`,
    );
    expectRefusal(await connection.answer(), { code: 'INVALID_IDEMPOTENCY_KEY' });
  });

  test.each([16, 255])('is not one of %d characters', async (length) => {
    const key = `${freshKey()}-`.padEnd(length, '~').slice(0, length);
    const decided = await ask(ROUND, key);
    expectDecision(decided);
    expectReplay(await ask(ROUND, key), decided);
  });
});

describe('while the first is under way', () => {
  test('the second is told so, or that it is another one; and is answered the same when it is decided', async () => {
    const { gate, door, held, key } = await heldRound();
    const second = await ask(ROUND, key, door);
    expectRefusal(second, { code: 'IN_FLIGHT' });
    expect(second.headers['retry-after']).toBe('1');
    expectRefusal(await ask(OTHER, key, door), { code: 'IDEMPOTENCY_MISMATCH' });
    gate.open();
    expectReplay(await ask(ROUND, key, door, untilSettled), await held.answer());
  });

  test('the client may leave: the round is decided, and answered when it is asked for again', async () => {
    const { gate, door, engine, held, key } = await heldRound();
    held.cut();
    gate.open();
    const answer = await ask(ROUND, key, door, untilSettled);
    expect(answer.headers['idempotent-replayed']).toBe('true');
    const { node } = parseRecordId(answer.headers['parley-record']!)!;
    expect(await engine.ledger.readHead(node)).toMatchObject({ size: 2 });
  });

  test('a round that expires there is free again', async () => {
    const { gate, door } = await heldRound();
    const hasty = { body: bytesOf(goodRound({ tmax: 1 })) };
    const key = freshKey();
    const connection = await connectTo(door);
    connection.send(keyed(hasty, key));
    await until('it waits', async () => sum(await scrape(door), 'parley_pool_queue_rounds') === 1);
    gate.open();
    expectRefusal(await connection.answer(), { code: 'ROUND_EXPIRED' });
    expectDecision(await ask(ROUND, key, door));
  });
});

test('when there is no room for another key, no answer is forgotten, and rounds without keys are decided', async () => {
  const small = await doorOf(await engineOf({ PARLEY_IDEMPOTENCY_BYTES_MAX: '65536' }));
  const decided = new Map<string, Answer>();
  for (;;) {
    const key = freshKey();
    const answer = await ask(ROUND, key, small);
    if (answer.status === 200) decided.set(key, answer);
    else {
      expectRefusal(answer, { code: 'IDEMPOTENCY_FULL' });
      break;
    }
  }
  expect(decided.size).toBeGreaterThan(50);
  for (const [key, answer] of decided) expectReplay(await ask(ROUND, key, small), answer);
  expectDecision(await ask(ROUND, undefined, small));
});

test('without a trail the answers are kept all the same', async () => {
  const door = await doorOf(await engineOf({ PARLEY_RETENTION: 'off' }));
  for (const asking of [ROUND, NAMELESS, HOUSE]) {
    const key = freshKey();
    const decided = await ask(asking, key, door);
    expect(decided.headers['parley-record']).toBeUndefined();
    expectReplay(await ask(asking, key, door), decided);
    expectRefusal(await ask(OTHER, key, door), { code: 'IDEMPOTENCY_MISMATCH' });
  }
});

/** A round with a key that a worker holds until the gate is open. */
async function heldRound() {
  const gate = gatedWorker();
  const engine = await engineOf({}, gate.url);
  const door = await doorOf(engine);
  const held = await connectTo(door);
  const key = freshKey();
  held.send(keyed(ROUND, key));
  await until('the round is under way', async () => codeOf(await ask(ROUND, key, door)) === 'IN_FLIGHT');
  await until('the worker has it', async () => sum(await scrape(door), 'parley_pool_queue_rounds') === 0);
  return { gate, engine, door, held, key };
}

function expectDecision({ status, headers, body }: Answer): void {
  expect(status, body).toBe(200);
  expect(headers['idempotent-replayed']).toBeUndefined();
}

/** The same to the byte, but for what says that it is a replay, and when it was sent. */
function expectReplay(answer: Answer, first: Answer): void {
  expect(answer.headers['idempotent-replayed']).toBe('true');
  expect(timeless(answer)).toEqual(timeless(first));
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  expect(first.status).toBeLessThan(300);
}

function timeless({ status, headers, body }: Answer): unknown {
  const told = Object.entries(headers).filter(([name]) => name !== 'date' && name !== 'idempotent-replayed');
  return { status, body, headers: told };
}

function codeOf({ body }: Answer): string | undefined {
  return (JSON.parse(body) as { readonly code?: string }).code;
}

function freshKey(): string {
  return `key-of-this-test-${keys++}`;
}

function putting(path: string, document: object): Asking {
  return { method: 'PUT', path, body: JSON.stringify(document) };
}

function keyed(asking: Asking, key: string | undefined): Asking {
  return key === undefined ? asking : { ...asking, headers: { ...asking.headers, 'idempotency-key': key } };
}

type Patience = 'once' | 'until settled';
const untilSettled: Patience = 'until settled';

async function ask(
  asking: Asking,
  key?: string,
  at: { readonly port: number } = server,
  patience: Patience = 'once',
): Promise<Answer> {
  const connection = await connectTo(at);
  let answer = await connection.ask(keyed(asking, key));
  if (patience === 'until settled') {
    await until('the key is settled', async () => {
      answer = await connection.ask(keyed(asking, key));
      return answer.status !== 409;
    });
  }
  connection.close();
  return answer;
}
