import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExplainedAward, Explanation, Pricing } from '../../../src/schema/explanation.js';
import { clear } from '../clearing.js';
import { crowdedRound, generatedRound } from '../generated-rounds.js';
import { ruledRound } from '../ruled-rounds.js';
import { explain } from './explaining.js';

/** The numbers of a price have to give the price, by the sentence that tells them. */
describe.each<readonly [string, fc.Arbitrary<object>]>([
  ['rounds', generatedRound],
  ['rounds of several lots', crowdedRound],
  ['rounds under policies and profiles', ruledRound],
])('%s', (_says, rounds) => {
  test('the numbers told of a price add up to it', () => {
    everyExplanation(rounds, ({ lots }) => {
      for (const award of lots.flatMap(({ awards }) => awards)) {
        const difference = micros(award.pays) - priceOf(award);
        expect(difference < 0n ? -difference : difference, JSON.stringify(award)).toBeLessThanOrEqual(
          slackOf(award),
        );
      }
    });
  });

  test('every bid is told once: stopped or ranked, and awarded when it won', () => {
    everyExplanation(rounds, ({ lots }) => {
      for (const { bids, stopped, ranked, awards } of lots) {
        const told = [...stopped, ...ranked].map(({ bid }) => bid);
        expect(new Set(told).size).toBe(bids);
        expect(told).toHaveLength(bids);
        expect(awards.map(({ bid }) => bid)).toEqual(ranked.filter(({ won }) => won).map(({ bid }) => bid));
      }
    });
  });

  test('what is told to stand before another does, by what is told', () => {
    everyExplanation(rounds, ({ lots }) => {
      for (const { ranked } of lots) {
        for (const [index, { before, ...bid }] of ranked.entries()) {
          const next = ranked[index + 1];
          if (before === 'utility') expect(bid.utility!).toBeGreaterThan(next!.utility!);
          if (before === 'price') expect(bid.price).toBeGreaterThan(next!.price);
          if (before === 'deal') expect([bid.deal === undefined, next!.deal]).toEqual([false, undefined]);
          if (before === 'tie-hash') expect(bid.tieHash! < next!.tieHash!).toBe(true);
          if (before === 'nothing') expect([bid.won, next!.won]).toEqual([false, false]);
        }
      }
    });
  });
});

const WITH_ALL_BASES = [generatedRound, ruledRound] as fc.Arbitrary<object>[];

test('every basis of a price is met', () => {
  const seen = new Set<string>();
  for (const rounds of WITH_ALL_BASES) {
    for (const round of fc.sample(rounds, { numRuns: 300, seed: 5 })) {
      const awards = explain(clear(round).record).lots.flatMap((lot) => lot.awards);
      for (const { pricing } of awards) seen.add(pricing.basis).add(pricing.floorOf);
    }
  }
  expect([...seen].sort()).toEqual(
    ['deal', 'floor', 'harm', 'highest-loser', 'lot', 'own-bid', 'reserve', 'runner-up'].sort(),
  );
});

function everyExplanation(rounds: fc.Arbitrary<object>, holds: (explanation: Explanation) => void): void {
  fc.assert(
    fc.property(rounds, (round) => {
      holds(explain(clear(round).record));
    }),
    { numRuns: 120 },
  );
}

/** Up to here a double has every micro of an amount; beyond, one that is told may be a micro off. */
const EXACT_MAX = 2 ** 33;

/** What the price, a number it is made of and the rounding of both may be off by together. */
function slackOf({ price }: ExplainedAward): bigint {
  return price > EXACT_MAX ? 3n : 0n;
}

function priceOf({ price, pricing }: ExplainedAward): bigint {
  switch (pricing.basis) {
    case 'own-bid':
      return micros(price);
    case 'floor':
      return micros(pricing.floor);
    case 'highest-loser':
      return micros(pricing.rival!.price);
    case 'runner-up':
      return micros(pricing.tie!) + micros(pricing.increment!);
    case 'harm':
      return harmOf(pricing);
  }
}

/** Rounded up. */
function harmOf({ harm = [], ownWeight = 1 }: Pricing): bigint {
  const sum = harm.reduce((total, { weight, price }) => total + micros(weight) * micros(price), 0n);
  const own = micros(ownWeight);
  return (sum + own - 1n) / own;
}

function micros(amount: number): bigint {
  return BigInt(Math.round(amount * 1e6));
}
