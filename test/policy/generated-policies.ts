import fc from 'fast-check';
import type { NamedPolicy } from '../../src/policy/named-policy.js';
import {
  EFFECTS,
  type Rule,
  RULE_KINDS,
  type RuleKind,
  type RuleOf,
  SEVERITIES,
} from '../../src/schema/policy.js';
import type { WireBid } from './wire-bids.js';

/** Few names and amounts, so that rules and bids meet: every rule speaks often, and keeps silent often. */
const SEATS = ['alder', 'birch', 'cedar'];
const SELLERS = ['north-press', 'south-press'];
const DOMAINS = [
  'shop.example',
  'www.shop.example',
  'WWW.Shop.example',
  'badshop.example',
  'a.www.shop.example',
  'example',
];
const CATEGORIES = ['IAB2', 'IAB2-1', 'IAB25', 'IAB25-3', 'IAB255', 'IAB25-3-1'];
const ATTRIBUTES = ['cost', 'viewability', 'consent', 'safe'];
/** Conditions in CEL have generated expressions, and twins, of their own. */
const KINDS = RULE_KINDS.filter((kind) => kind !== 'cel');
const LONG = Array.from({ length: 13 }, (_, index) => `seat-${index}`);

const amount = fc.constantFrom(0, 0.9, 0.95, 1, 1.000001, 2, 9_000_000_000);
const bound = fc.constantFrom(0, 0.5, 0.9, 1, 2);
const count = fc.integer({ min: 1, max: 3 });
const missing = fc.constantFrom('deny' as const, 'allow' as const);
const taxonomy = fc.constantFrom('content-1.0' as const, 'other' as const);
const some = (names: readonly string[]) => fc.subarray([...names], { minLength: 1 });
const group = (names: readonly string[]) => fc.subarray([...names], { minLength: 2, maxLength: 3 });
const groups = (names: readonly string[]) => fc.array(group(names), { minLength: 1, maxLength: 3 });

type Parameters<K extends RuleKind> = fc.Arbitrary<
  Omit<RuleOf<K>, 'id' | 'kind' | 'effect' | 'severity' | 'sentence' | 'owner'>
>;

const PARAMETERS: { readonly [K in Exclude<RuleKind, 'cel'>]: Parameters<K> } = {
  'price-cap': fc.record({ max: amount }),
  'price-floor': fc.record({ min: amount }),
  'minimum-margin': fc.record(
    { min: fc.constantFrom(0, 0.05, 0.1, 0.5, 1), cost: fc.constantFrom(...ATTRIBUTES), missing },
    { requiredKeys: ['min'] },
  ),
  'allowed-seats': fc.record({ seats: fc.oneof(some(SEATS), fc.constant(LONG)) }),
  'blocked-seats': fc.record({ seats: some(SEATS) }),
  'allowed-sellers': fc.record({ sellers: some(SELLERS), missing }, { requiredKeys: ['sellers'] }),
  'blocked-sellers': fc.record({ sellers: some(SELLERS), missing }, { requiredKeys: ['sellers'] }),
  'allowed-domains': fc.record({ domains: some(DOMAINS), missing }, { requiredKeys: ['domains'] }),
  'blocked-domains': fc.record({ domains: some(DOMAINS), missing }, { requiredKeys: ['domains'] }),
  'allowed-categories': fc.record(
    { categories: some(CATEGORIES), taxonomy, missing },
    { requiredKeys: ['categories'] },
  ),
  'blocked-categories': fc.record(
    { categories: some(CATEGORIES), taxonomy, missing },
    { requiredKeys: ['categories'] },
  ),
  'attribute-range': fc
    .record({ attribute: fc.constantFrom(...ATTRIBUTES), low: bound, width: bound, missing })
    .chain(({ attribute, low, width, missing }) =>
      fc.constantFrom(
        { attribute, missing, min: low },
        { attribute, max: low },
        { attribute, missing, min: low, max: low + width },
      ),
    ),
  'privacy-flags': fc.record({ flags: some(ATTRIBUTES), missing }, { requiredKeys: ['flags'] }),
  'bids-per-seat': fc.record({ max: count }),
  'awards-per-seat': fc.record({ max: count }),
  'awards-per-advertiser': fc.record({ max: count, missing }, { requiredKeys: ['max'] }),
  separation: fc.oneof(
    fc.record({ by: fc.constantFrom('seat', 'advertiser', 'category'), missing }, { requiredKeys: ['by'] }),
    fc.record({ by: fc.constant('seat' as const), groups: groups(SEATS) }),
    fc.record({ by: fc.constant('advertiser' as const), groups: groups(DOMAINS), missing }),
    fc.record({ by: fc.constant('category' as const), groups: groups(CATEGORIES), taxonomy, missing }),
  ),
  'round-budget': fc.record({ max: fc.constantFrom(0, 1, 2.5, 4, 9_000_000_000) }),
  'approval-threshold': fc.record({ above: fc.constantFrom(0, 1, 2.5, 4) }),
};

const head = fc.record(
  {
    effect: fc.constantFrom(...EFFECTS),
    severity: fc.constantFrom(...SEVERITIES),
    sentence: fc.constantFrom('Because.', 'House rule.'),
    owner: fc.constantFrom('desk', 'legal'),
  },
  { requiredKeys: [] },
);

const rule: fc.Arbitrary<Rule> = fc.constantFrom(...KINDS).chain((kind) =>
  fc
    .tuple(head, PARAMETERS[kind] as fc.Arbitrary<object>, fc.constantFrom('a', 'b', 'B', 'c', '10', '2'))
    .map(([{ effect, ...rest }, parameters, id]) => {
      const effects = kind === 'approval-threshold' || effect === undefined ? {} : { effect };
      return { id, kind, ...effects, ...rest, ...parameters } as Rule;
    }),
);

const rules = fc.uniqueArray(rule, { selector: ({ id }) => id, minLength: 1, maxLength: 6 });

export const generatedPolicies: fc.Arbitrary<NamedPolicy[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('house', 'House', 'safety'),
    version: fc.constantFrom(1, 2),
    document: fc.record({ rules }),
  }),
  { selector: ({ name, version }) => `${name}@${version}`, minLength: 1, maxLength: 3 },
);

const attribute = fc.oneof(fc.constantFrom(0, 0.5, 0.85, 0.9, 0.95, 1, 2), fc.boolean());

export const generatedBids: fc.Arbitrary<WireBid[]> = fc.array(
  fc.record(
    {
      seat: fc.constantFrom(...SEATS, 'seat-3'),
      price: amount,
      seller: fc.constantFrom(...SELLERS, 'west-press'),
      quantity: count,
      domains: fc.subarray([...DOMAINS, 'other.example'], { maxLength: 3 }),
      categories: fc.subarray(CATEGORIES, { maxLength: 3 }),
      attributes: fc.record(
        { cost: attribute, viewability: attribute, consent: attribute, safe: attribute },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 6 },
);
