import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NaiveAnswer, NaiveBid, NaiveLot, NaiveRound } from '../auction/naive-round.js';
import { microsOf } from '../auction/naive-money.js';
import { clear } from './clearing.js';
import { generatedRound } from './generated-rounds.js';

/** What holds of every answer, whatever the format: one line each, over the same generated rounds. */
const INVARIANTS: { [says: string]: (round: NaiveRound, answer: NaiveAnswer) => void } = {
  'every bid ends exactly once': (round, { awards, losses }) => {
    const ended = [...awards, ...losses].map(({ bid }) => bid);
    expect(ended.sort()).toEqual(round.bids.map(({ id }) => id).sort());
  },
  'awards and losses name seat and lot of their bid': (round, { awards, losses }) => {
    for (const { bid, seat, lot } of [...awards, ...losses])
      expect(bidOf(round, bid)).toMatchObject({ seat, lot });
  },
  'awards and losses are sorted by lot, then bid': (_round, { awards, losses }) => {
    for (const list of [awards, losses]) {
      const keys = list.map(({ lot, bid }) => `${lot} ${bid}`);
      expect(keys).toEqual(keys.toSorted());
    }
  },
  'no lot sells more than it has, and no bid gets more than it asked for': (round, { awards }) => {
    for (const { bid, quantity } of awards)
      expect(quantity).toBeLessThanOrEqual(bidOf(round, bid).quantity ?? 1);
    for (const { id, quantity = 1, slots } of round.lots) {
      const sold = awards.filter(({ lot }) => lot === id).reduce((sum, award) => sum + award.quantity, 0);
      expect(sold).toBeLessThanOrEqual(slots?.length ?? quantity);
    }
  },
  'slots are taken from the first on, in the order of prices': (round, { awards }) => {
    for (const { id } of round.lots) {
      const taken = awards
        .filter(({ lot, slot }) => lot === id && slot !== undefined)
        .sort((a, b) => a.slot! - b.slot!);
      expect(taken.map(({ slot }) => slot)).toEqual(taken.map((_, index) => index + 1));
      const prices = taken.map(({ bid }) => Number(microsOf(bidOf(round, bid).price)));
      expect(prices).toEqual(prices.toSorted((a, b) => b - a));
    }
  },
  'prices lie between floor or reserve and the own bid': (round, { awards }) => {
    for (const { bid, price, minimumToWin } of awards) {
      const own = microsOf(bidOf(round, bid).price);
      const least = [publishedFloor(round, bid), microsOf(lotOf(round, bid).reserve ?? 0)];
      for (const amount of [price, minimumToWin].map(microsOf)) {
        expect(amount <= own && least.every((limit) => amount >= limit)).toBe(true);
      }
    }
  },
  'a loss carries a number only where price decided': (_round, { losses }) => {
    for (const { code, minimumToWin } of losses) {
      expect(minimumToWin !== undefined).toBe(code >= 100 && code <= 103);
    }
  },
  'a loss names no number but its published floor or what a winner bid': (round, { awards, losses }) => {
    for (const { bid, lot, minimumToWin } of losses) {
      if (minimumToWin === undefined) continue;
      const bids = awards.filter((award) => award.lot === lot).map((award) => bidOf(round, award.bid).price);
      expect([publishedFloor(round, bid), ...bids.map(microsOf)]).toContain(microsOf(minimumToWin));
    }
  },
  'the outcome says whether anything was awarded': (_round, { outcome, awards }) => {
    expect(outcome).toBe(awards.length > 0 ? 'cleared' : 'no-award');
  },
};

/** Above it neighbouring micros may read as the same number, as API.md says. */
const EVERY_MICRO_MAX = 2 ** 33;

describe('of every answer', () => {
  test.each(Object.entries(INVARIANTS))('%s', (_says, holds) => {
    fc.assert(
      fc.property(generatedRound, (round) => {
        holds(round, JSON.parse(clear(round).answer) as NaiveAnswer);
      }),
      { numRuns: 300 },
    );
  });

  test('JSON writes the same bytes again, up to where numbers hold every micro', () => {
    fc.assert(
      fc.property(generatedRound, (round) => {
        const { answer } = clear(round);
        fc.pre((JSON.parse(answer) as NaiveAnswer).awards.every(({ price }) => price <= EVERY_MICRO_MAX));
        expect(JSON.stringify(JSON.parse(answer))).toBe(answer);
      }),
      { numRuns: 300 },
    );
  });
});

function bidOf({ bids }: NaiveRound, id: string): NaiveBid {
  return bids.find((bid) => bid.id === id)!;
}

function lotOf(round: NaiveRound, bidId: string): NaiveLot {
  return round.lots.find(({ id }) => id === bidOf(round, bidId).lot)!;
}

function publishedFloor(round: NaiveRound, bidId: string): bigint {
  const { deal } = bidOf(round, bidId);
  const { floor, deals = [] } = lotOf(round, bidId);
  return microsOf((deal === undefined ? floor : deals.find(({ id }) => id === deal)?.floor) ?? 0);
}
