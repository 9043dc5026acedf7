import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NaiveAnswer, NaiveLoss, NaiveLot, NaiveRound } from '../auction/naive-round.js';
import { clear } from './clearing.js';
import { generatedRound } from './generated-rounds.js';

/**
 * The reserve decides who wins and what winners pay, and nothing else. So where two reserves leave the same winners,
 * a loser can tell them apart only by whether its own bid lost to the reserve, which carries no number.
 */
test('of two reserves with the same winners no loss tells which it was', () => {
  let compared = 0;
  fc.assert(
    fc.property(generatedRound, reserves, (round, others) => {
      const before = answerOf(round);
      const after = answerOf(withReserves(round, others));
      for (const { id } of round.lots) {
        if (winnersOf(before, id) !== winnersOf(after, id)) continue;
        compared += 1;
        expectSameNumbers(before.losses, after.losses, id);
      }
    }),
    { numRuns: 700 },
  );
  expect(compared).toBeGreaterThan(150);
});

const reserves = fc.array(fc.constantFrom(0, 0.5, 0.85, 0.9, 0.95, 1, 1.01, 2), {
  minLength: 2,
  maxLength: 2,
});

function answerOf(round: NaiveRound): NaiveAnswer {
  return JSON.parse(clear({ ...round, explain: true }).answer) as NaiveAnswer;
}

function withReserves(round: NaiveRound, others: number[]): NaiveRound {
  const lots = round.lots.map((lot, index): NaiveLot => ({ ...lot, reserve: others[index]! }));
  return { ...round, lots };
}

function winnersOf({ awards }: NaiveAnswer, lotId: string): string {
  const won = awards.filter(({ lot }) => lot === lotId);
  return JSON.stringify(won.map(({ bid, quantity, slot }) => ({ bid, quantity, slot })));
}

function expectSameNumbers(before: NaiveLoss[], after: NaiveLoss[], lotId: string): void {
  for (const loss of before.filter(({ lot }) => lot === lotId)) {
    const other = after.find(({ bid }) => bid === loss.bid);
    const sameSideOfReserve = (loss.code === 500) === (other?.code === 500);
    if (sameSideOfReserve) expect(other).toEqual(loss);
  }
}
