import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROUND_CASES } from '../rounds/case-files.js';
import { clear, TIE_KEY } from '../rounds/clearing.js';
import { generatedRound } from '../rounds/generated-rounds.js';
import { crowdedRuledRound } from '../support/crowded-ruled-rounds.js';
import { clearNaively, keyedTieHash } from './naive-clearing.js';
import type { NaiveAnswer, NaiveRound } from './naive-round.js';
import { EVENTS } from './round-events.js';

describe('the naive twin', () => {
  const told = ROUND_CASES.filter(([, { round, answer }]) => answer !== undefined && !needsCel(round));

  test.each(told)('agrees with %s', (_file, { round, answer }) => {
    expect(twinOf({ ...round, id: answer!.id })).toEqual(answer);
  });

  test('answers every generated round as the engine does', () => {
    fc.assert(
      fc.property(generatedRound, (round) => {
        expect(JSON.parse(clear(round).answer)).toEqual(twinOf(round));
      }),
      { numRuns: 3000 },
    );
  });

  test('answers every generated round under policies and profiles as the engine does', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(crowdedRuledRound, (round) => {
        const answer = twinOf(round);
        expect(JSON.parse(clear(round).answer)).toEqual(answer);
        count(seen, round, answer);
      }),
      { numRuns: 3000 },
    );
    const rare = Object.keys(EVENTS).filter((event) => (seen.get(event) ?? 0) < 10);
    expect(rare, 'events that these rounds show too rarely').toEqual([]);
  });
});

function twinOf(round: NaiveRound): NaiveAnswer {
  return clearNaively(round, keyedTieHash(TIE_KEY, round.id));
}

/** The twin has no reader of CEL; conditions have one in the tests of their room. */
function needsCel({ policies = [] }: NaiveRound): boolean {
  return policies.some(({ rules }) => rules.some(({ kind }) => kind === 'cel'));
}

function count(seen: Map<string, number>, round: NaiveRound, answer: NaiveAnswer): void {
  for (const [event, happens] of Object.entries(EVENTS)) {
    if (happens(round, answer)) seen.set(event, (seen.get(event) ?? 0) + 1);
  }
}
