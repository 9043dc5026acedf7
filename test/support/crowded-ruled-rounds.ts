import fc from 'fast-check';
import type { Rule } from '../../src/schema/policy.js';
import type { ProfileDocument } from '../../src/schema/profile.js';
import type { NaiveBid, NaivePolicy, NaiveRound } from '../auction/naive-round.js';
import { crowdedRound } from '../rounds/generated-rounds.js';
import { PROFILES } from './round-profiles.js';
import { RULES_ABOUT_BIDS, RULES_ABOUT_ROUNDS } from './round-rules.js';

/**
 * Generated rounds that carry policies and profiles. Their rules are chosen so that each bites often and none stops
 * everything: limits are small, lists have names that bids have, and what bids declare comes from short lists.
 */
export const crowdedRuledRound: fc.Arbitrary<NaiveRound> = crowdedRound.chain((round) =>
  fc
    .record(
      {
        bids: fc.tuple(...round.bids.map(declaring)),
        policies: fc.array(policy, { minLength: 1, maxLength: 2 }),
        profile,
        explain: fc.boolean(),
      },
      { requiredKeys: ['bids'] },
    )
    .map((more) => onlyFitting({ ...round, ...more })),
);

const head = fc.record(
  {
    effect: fc.constantFrom('deny' as const, 'deny' as const, 'escalate' as const),
    severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    sentence: fc.constant('House rule.'),
    owner: fc.constantFrom('desk', 'legal'),
  },
  { requiredKeys: [] },
);

const parameters = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...RULES_ABOUT_BIDS) },
  { weight: 5, arbitrary: fc.constantFrom(...RULES_ABOUT_ROUNDS) },
);

const rule: fc.Arbitrary<Rule> = fc
  .tuple(parameters, head, fc.constantFrom('a', 'b', 'B', 'c', '10', '2', '__proto__'))
  .map(([parameters, { effect, ...rest }, id]) => {
    const effects = parameters.kind === 'approval-threshold' || effect === undefined ? {} : { effect };
    return { id, ...parameters, ...rest, ...effects } as Rule;
  });

const policy: fc.Arbitrary<NaivePolicy> = fc.record(
  {
    description: fc.constantFrom('House rules', 'Brand safety'),
    rules: fc.uniqueArray(rule, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['rules'] },
);

const profile: fc.Arbitrary<ProfileDocument> = fc
  .tuple(fc.constantFrom(...PROFILES), fc.constantFrom('sum' as const, 'none' as const))
  .map(([document, normalise]) => ({ ...document, normalise }));

const quality = fc.constantFrom(0, 0.3, 0.5, 0.5000005, 0.7, 0.9, 1, true, false, 'high', null);

/** What rules and profiles read of a bid; a bid for a deal may have its domains already. */
function declaring(bid: NaiveBid): fc.Arbitrary<NaiveBid> {
  const declared = fc.record(
    {
      seller: fc.constantFrom('north-press', 'south-press', 'west-press'),
      domains: fc.subarray(['cola.example', 'www.soda.example', 'Cola.example', 'shop.example'], {
        maxLength: 2,
      }),
      categories: fc.subarray(['IAB2', 'IAB2-1', 'IAB25', 'IAB25-3', 'IAB255'], { maxLength: 2 }),
      attributes: fc.record(
        {
          viewability: quality,
          consent: quality,
          cost: fc.constantFrom(0.5, 0.9),
          deviation: fc.constantFrom(0, 0.1, 0.25, -1, 5000),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  return declared.map((more) => ({ ...more, ...bid }));
}

/** Profiles go with two formats; the others refuse them. */
function onlyFitting(round: NaiveRound): NaiveRound {
  const fitting = { ...round };
  if (round.format !== 'first-price' && round.format !== 'second-price') delete fitting.profile;
  return fitting;
}
