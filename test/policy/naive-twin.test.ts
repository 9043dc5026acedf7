import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../src/policy/read-policy.js';
import { POLICY_CASES } from './case-files.js';
import { generatedBids, generatedPolicies } from './generated-policies.js';
import { judgeRanked } from './judging.js';
import { judgeNaively } from './naive-judge.js';

describe('the naive judge', () => {
  test.each(POLICY_CASES.filter(([, { rule }]) => rule.kind !== 'cel'))(
    'agrees with %s',
    (_, { rule, bid, earlier = [], verdict }) => {
      const policy = { name: 'house', version: 3, document: { rules: [rule] } };
      const { alone, amongSeat, awarded } = judgeNaively([policy], [...earlier, bid]);
      const spoken = [alone, amongSeat, awarded].flatMap((verdicts) => verdicts.at(-1) ?? []);
      const address = { policy: 'house', version: 3, rule: rule.id, kind: rule.kind };
      expect(spoken).toEqual(verdict === null ? [] : [{ ...address, ...verdict }]);
    },
  );

  test('says of every generated round what the compiled rules say', () => {
    fc.assert(
      fc.property(generatedPolicies, generatedBids, (policies, bids) => {
        expect(judgeRanked(policies, bids)).toEqual(judgeNaively(policies, bids));
      }),
      { numRuns: 3000 },
    );
  });

  test('judges generated policies that the engine would take', () => {
    fc.assert(
      fc.property(generatedPolicies, (policies) => {
        const taken = policies.every(({ document }) => 'document' in readPolicy(document));
        fc.pre(policies.every(({ document }) => document.rules.every(({ kind }) => kind !== 'separation')));
        expect(taken).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('the order of policies and of their rules changes no verdict', () => {
  const shuffled = generatedPolicies.chain((policies) =>
    fc.tuple(
      fc.constant(policies),
      fc
        .tuple(...policies.map(({ document }) => shuffle(document.rules)))
        .chain((rules) =>
          shuffle(policies.map((policy, index) => ({ ...policy, document: { rules: rules[index]! } }))),
        ),
      generatedBids,
    ),
  );
  fc.assert(
    fc.property(shuffled, ([policies, reordered, bids]) => {
      expect(judgeRanked(reordered, bids)).toEqual(judgeRanked(policies, bids));
    }),
    { numRuns: 1000 },
  );
});

function shuffle<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...values], { minLength: values.length });
}
