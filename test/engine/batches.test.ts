import { expect, test } from 'vitest';
import { engineOf } from '../support/engine.js';
import { bid, bytesOf, GOOD_BYTES, goodRound } from '../support/rounds.js';
import { NOT_JSON_BODIES, UNSAFE_BODIES } from '../http/bad-bodies.js';
import { BAD_ROUNDS } from '../http/bad-rounds.js';

const TIE_KEY = '01'.repeat(32);

const BAD_BODIES: readonly Buffer[] = [
  ...[...NOT_JSON_BODIES, ...UNSAFE_BODIES].map(({ body }) => Buffer.from(body)),
  ...BAD_ROUNDS.map(({ round }) => (Buffer.isBuffer(round) ? round : bytesOf(round))),
];
/** Every bad input there is, each behind a good round of its own price. */
const BODIES = BAD_BODIES.flatMap((bad, at) => [
  bytesOf(goodRound({ id: `good-${at}`, bids: [bid('b1', 1 + at)] })),
  bad,
]);

test('bad rounds in a batch spoil no other: each round gets what it would have got alone', async () => {
  const alone = await engineOf({ PARLEY_TIE_KEY: TIE_KEY, PARLEY_BATCH_ROUNDS_MAX: '1' });
  const together = await engineOf({ PARLEY_TIE_KEY: TIE_KEY, PARLEY_BATCH_ROUNDS_MAX: '1024' });
  const expected = await repliesOf(alone);
  expect(expected.filter((reply) => reply.startsWith('{"id"'))).toHaveLength(BODIES.length / 2);
  expect(await repliesOf(together)).toEqual(expected);
});

test('rounds without an id get different ones', async () => {
  const engine = await engineOf();
  const nameless = bytesOf({ ...goodRound(), id: undefined });
  const replies = await Promise.all(Array.from({ length: 50 }, () => engine.clearRound(nameless)!));
  const ids = replies.map((reply) =>
    'answer' in reply ? (JSON.parse(reply.answer.toString()) as { id: string }).id : '',
  );
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{1,128}$/);
});

test('the engine answers after a thousand batches as after the first', async () => {
  const engine = await engineOf({ PARLEY_TIE_KEY: TIE_KEY, PARLEY_RETENTION: 'off' });
  const first = await engine.clearRound(GOOD_BYTES)!;
  for (let batch = 0; batch < 1000; batch++) await engine.clearRound(GOOD_BYTES);
  expect(await engine.clearRound(GOOD_BYTES)).toEqual(first);
});

async function repliesOf(engine: Awaited<ReturnType<typeof engineOf>>): Promise<string[]> {
  const replies = await Promise.all(BODIES.map((bytes) => engine.clearRound(bytes)!));
  return replies.map((reply) =>
    'answer' in reply ? reply.answer.toString() : JSON.stringify(reply.refusal),
  );
}
