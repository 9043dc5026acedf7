import fc from 'fast-check';
import type { BidRequest } from '../../src/schema/round.js';
import type { NaiveRound } from '../auction/naive-round.js';
import { generatedRound } from './generated-rounds.js';

/** A generated round under policies and, where its format takes one, a profile. */
export interface RuledRound extends Omit<NaiveRound, 'bids' | 'policies' | 'profile' | 'explain'> {
  readonly bids: readonly BidRequest[];
  readonly policies: readonly { readonly rules: readonly unknown[] }[];
  readonly profile?: unknown;
  readonly explain: boolean;
}

const NAMES = ['shop.example', 'WWW.shop.example', 'toys.example'];
const CATEGORIES = ['IAB25', 'IAB25-3', 'IAB7'];

/** Every rule has an id of its own, so that policies made of them are in order. */
const RULES = [
  { id: 'cap', kind: 'price-cap', max: 1.01 },
  { id: 'least', kind: 'price-floor', min: 0.9, effect: 'escalate' },
  { id: 'margin', kind: 'minimum-margin', min: 0.2, missing: 'allow' },
  { id: 'seats', kind: 'blocked-seats', seats: ['cedar'], severity: 'high' },
  { id: 'sellers', kind: 'allowed-sellers', sellers: ['north'], missing: 'allow' },
  { id: 'names', kind: 'blocked-domains', domains: ['shop.example'], effect: 'escalate' },
  { id: 'topics', kind: 'blocked-categories', categories: ['IAB25'], taxonomy: 'content-1.0' },
  { id: 'seen', kind: 'attribute-range', attribute: 'viewability', min: 0.5, missing: 'allow' },
  { id: 'cel', kind: 'cel', expression: 'bid.price < 1.02 || round.bids < 6' },
  { id: 'bids', kind: 'bids-per-seat', max: 1 },
  { id: 'awards', kind: 'awards-per-seat', max: 1 },
  { id: 'units', kind: 'approval-threshold', above: 1 },
  { id: 'apart', kind: 'separation', by: 'advertiser' },
  { id: 'budget', kind: 'round-budget', max: 2 },
] as const;

const PROFILE = {
  normalise: 'none',
  price: { weight: 1, value: { linear: { from: 0, to: 4 } } },
  attributes: {
    viewability: { weight: 0.5, value: { linear: { from: 0, to: 1 } } },
    brandSafety: { weight: 0.25, value: { step: { at: 0.5 } }, missing: 'refuse' },
  },
};

const features = fc.record(
  {
    seller: fc.constantFrom('north', 'south'),
    domains: fc.subarray(NAMES, { maxLength: 2 }),
    categories: fc.subarray(CATEGORIES, { maxLength: 2 }),
    attributes: fc.record(
      {
        viewability: fc.constantFrom(0, 0.25, 0.5, 0.75, 1, -0, 0.1234565, 1e21, true),
        brandSafety: fc.constantFrom(0.25, 0.5, 0.75, 'high', null),
        cost: fc.constantFrom(0.5, 0.8, 2),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const policies = fc
  .subarray([...RULES], { minLength: 1, maxLength: 6 })
  .chain((rules) =>
    fc
      .integer({ min: 1, max: rules.length })
      .map((split) =>
        [rules.slice(0, split), rules.slice(split)]
          .filter(({ length }) => length > 0)
          .map((own) => ({ rules: own })),
      ),
  );

export const ruledRound: fc.Arbitrary<RuledRound> = generatedRound.chain((round) =>
  fc
    .record({
      policies,
      scored: fc.boolean(),
      explain: fc.boolean(),
      features: fc.array(features, { minLength: round.bids.length, maxLength: round.bids.length }),
    })
    .map(({ scored, features: drawn, ...rest }): RuledRound => {
      const takesProfiles = round.format === 'first-price' || round.format === 'second-price';
      const bids = round.bids.map((bid, index) => ({ ...drawn[index], ...bid }));
      return { ...round, ...rest, bids, ...(scored && takesProfiles && { profile: PROFILE }) };
    }),
);
