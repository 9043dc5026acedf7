import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NaiveAnswer, NaiveRound } from '../auction/naive-round.js';
import { decimalOf, microsOf } from '../auction/naive-money.js';
import { clear } from './clearing.js';
import { generatedRound } from './generated-rounds.js';

/** A minimum to win is a promise: a micro more would have won, a micro less would not. Each is put to the test. */
describe('at a micro from its minimum to win', () => {
  test('a bid that lost wins above it, unless a reserve stands there, and loses below it', () => {
    checkNumbers((round, { losses }) => {
      for (const { bid, lot, minimumToWin } of losses) {
        if (minimumToWin === undefined) continue;
        const { reserve = 0 } = round.lots.find(({ id }) => id === lot)!;
        if (reserve <= minimumToWin) expect(winsAt(round, bid, microsOf(minimumToWin) + 1n)).toBe(true);
        if (minimumToWin > 0) expect(winsAt(round, bid, microsOf(minimumToWin) - 1n)).toBe(false);
      }
    });
  });

  test('a single award is kept above it and lost below it, where the price was not fixed beforehand', () => {
    checkNumbers((round, { awards }) => {
      const asksForOne = round.bids.every(({ quantity = 1 }) => quantity === 1);
      for (const { bid, minimumToWin } of asksForOne ? awards : []) {
        if (pricedByFloor(round, bid)) continue;
        expect(winsAt(round, bid, microsOf(minimumToWin) + 1n)).toBe(true);
        if (minimumToWin > 0) expect(winsAt(round, bid, microsOf(minimumToWin) - 1n)).toBe(false);
      }
    });
  });
});

function checkNumbers(holds: (round: NaiveRound, answer: NaiveAnswer) => void): void {
  fc.assert(
    fc.property(generatedRound, (round) => {
      // Nothing can be bid above the highest price.
      const affordable = round.bids.filter(({ price }) => price < 9_000_000_000);
      const played = { ...round, bids: affordable };
      holds(played, JSON.parse(clear(played).answer) as NaiveAnswer);
    }),
    { numRuns: 300 },
  );
}

function winsAt(round: NaiveRound, bidId: string, micros: bigint): boolean {
  const bids = round.bids.map((bid) => (bid.id === bidId ? { ...bid, price: decimalOf(micros) } : bid));
  const { awards } = JSON.parse(clear({ ...round, bids }).answer) as NaiveAnswer;
  return awards.some(({ bid }) => bid === bidId);
}

function pricedByFloor({ format, lots, bids }: NaiveRound, bidId: string): boolean {
  const { lot, deal } = bids.find(({ id }) => id === bidId)!;
  const deals = lots.find(({ id }) => id === lot)?.deals ?? [];
  return (deals.find(({ id }) => id === deal)?.format ?? format) === 'fixed-price';
}
