import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../../src/app.js';
import type { RoundRequest } from '../../src/schema/round.js';
import { engineOf } from '../support/engine.js';
import { ROUND } from '../support/round-arbitrary.js';
import { bytesOf, type LotRequest } from '../support/rounds.js';

const TIE_KEY = '5a'.repeat(32);

/** A round, and the same round with every array in another order, but for slots, whose order means something. */
const SHUFFLED = ROUND.chain((round) =>
  fc.record({
    round: fc.constant(round),
    lots: shuffled(round.lots).chain((lots) => fc.tuple(...lots.map(withShuffledDeals))),
    bids: shuffled(round.bids.map(withReversedNames)),
  }),
).map(({ round, lots, bids }) => ({ round, reordered: { ...round, lots, bids } }));

test('neither the number of threads nor the order of arrays changes a byte of an answer', async () => {
  const engines = await Promise.all(
    ['1', '2', '3'].map((threads) => engineOf({ PARLEY_THREADS: threads, PARLEY_TIE_KEY: TIE_KEY })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(SHUFFLED, { minLength: 1, maxLength: 12 }), async (pairs) => {
      const rounds = pairs.map(({ round }) => round);
      const expected = await answersOf(engines[0]!, rounds);
      for (const engine of engines) {
        expect(
          await answersOf(
            engine,
            pairs.map(({ reordered }) => reordered),
          ),
        ).toEqual(expected);
        expect((await answersOf(engine, rounds.toReversed())).toReversed()).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('another key orders ties anew, so the property above is not empty', async () => {
  const [one, other] = await Promise.all([
    engineOf({ PARLEY_TIE_KEY: TIE_KEY }),
    engineOf({ PARLEY_TIE_KEY: 'a5'.repeat(32) }),
  ]);
  const bids = ['s1', 's2'].map((seat) => ({ id: seat, seat, lot: 'l', price: 1 }));
  const rounds = Array.from({ length: 20 }, (_, at): RoundRequest => ({
    id: `r${at}`,
    format: 'first-price',
    currency: 'USD',
    lots: [{ id: 'l' }],
    bids,
  }));
  expect(await answersOf(one, rounds)).not.toEqual(await answersOf(other, rounds));
});

/** The answers as text, all rounds sent at once so that batches form as they like. */
function answersOf(engine: Engine, rounds: readonly RoundRequest[]): Promise<string[]> {
  return Promise.all(
    rounds.map(async (round) => {
      const reply = await engine.clearRound(bytesOf(round))!;
      if ('refusal' in reply)
        throw new Error(`${JSON.stringify(reply.refusal)} for ${JSON.stringify(round)}`);
      return reply.answer.toString();
    }),
  );
}

function shuffled<T>(ordered: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...ordered], { minLength: ordered.length });
}

function withShuffledDeals(lot: LotRequest): fc.Arbitrary<LotRequest> {
  if (lot.deals === undefined) return fc.constant(lot);
  return shuffled(lot.deals.map(withReversedNames)).map((deals) => ({ ...lot, deals }));
}

function withReversedNames<T extends { readonly seats?: string[]; readonly domains?: string[] }>(
  named: T,
): T {
  const { seats, domains } = named;
  return {
    ...named,
    ...(seats === undefined ? {} : { seats: seats.toReversed() }),
    ...(domains === undefined ? {} : { domains: domains.toReversed() }),
  };
}
