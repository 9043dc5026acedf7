import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clear } from '../rounds/clearing.js';
import { ruledRound } from '../support/ruled-round-arbitrary.js';
import type { NaiveAnswer, NaiveRound } from './naive-round.js';

test('the order of policies, lots and bids changes nothing but the order in which policies are named', () => {
  const reordered = ruledRound.chain((round) =>
    fc
      .record({
        policies: shuffled(round.policies ?? []),
        lots: shuffled(round.lots),
        bids: shuffled(round.bids),
      })
      .map((parts): [NaiveRound, NaiveRound] => [round, { ...round, ...parts }]),
  );
  fc.assert(
    fc.property(reordered, ([round, other]) => {
      const { policies, ...answer } = answerOf(round);
      const { policies: namedElsewise, ...sameAnswer } = answerOf(other);
      expect(sameAnswer).toEqual(answer);
      expect(namedElsewise?.toSorted()).toEqual(policies?.toSorted());
    }),
    { numRuns: 500 },
  );
});

/** Two policies would bind by their names, which come from their text; so there is one. */
test('the order of the rules of a policy changes nothing but the name of the policy', () => {
  const reordered = ruledRound
    .filter(({ policies = [] }) => policies.length > 0)
    .chain(({ policies = [], ...round }) =>
      shuffled(policies[0]!.rules).map((rules): [NaiveRound, NaiveRound] => [
        { ...round, policies: [policies[0]!] },
        { ...round, policies: [{ ...policies[0]!, rules }] },
      ]),
    );
  fc.assert(
    fc.property(reordered, ([round, other]) => {
      expect(unnamed(answerOf(other))).toEqual(unnamed(answerOf(round)));
    }),
    { numRuns: 500 },
  );
});

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length });
}

function answerOf(round: NaiveRound): NaiveAnswer {
  return JSON.parse(clear(round).answer) as NaiveAnswer;
}

/** The answer without the name that a carried policy has. */
function unnamed(answer: NaiveAnswer): unknown {
  const [name] = answer.policies!;
  return JSON.parse(JSON.stringify(answer).replaceAll(name!, 'policy'));
}
