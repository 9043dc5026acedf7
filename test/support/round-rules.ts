import type { Rule } from '../../src/schema/policy.js';

/** A rule without the members that all rules share. */
type Parameters<R> = R extends Rule ? Omit<R, 'id' | 'effect' | 'severity' | 'sentence' | 'owner'> : never;

/** Rules that fit the names and amounts of generated rounds: what they say of a bid depends on nothing else. */
export const RULES_ABOUT_BIDS: readonly Parameters<Rule>[] = [
  { kind: 'price-cap', max: 2 },
  { kind: 'price-floor', min: 0.9 },
  { kind: 'minimum-margin', min: 0.1, missing: 'allow' },
  { kind: 'minimum-margin', min: 0.05 },
  { kind: 'allowed-seats', seats: ['alder', 'birch'] },
  { kind: 'blocked-seats', seats: ['cedar', 'dogwood'] },
  { kind: 'allowed-sellers', sellers: ['north-press', 'south-press'], missing: 'allow' },
  { kind: 'blocked-sellers', sellers: ['west-press'], missing: 'deny' },
  { kind: 'allowed-domains', domains: ['cola.example', 'shop.example', 'soda.example'], missing: 'allow' },
  { kind: 'blocked-domains', domains: ['www.shop.example'] },
  { kind: 'allowed-categories', categories: ['IAB2', 'IAB25'], taxonomy: 'content-1.0', missing: 'allow' },
  { kind: 'blocked-categories', categories: ['IAB25'], taxonomy: 'content-1.0' },
  { kind: 'attribute-range', attribute: 'viewability', min: 0.3, missing: 'allow' },
  { kind: 'attribute-range', attribute: 'deviation', max: 0.25, missing: 'allow' },
  { kind: 'privacy-flags', flags: ['consent', 'viewability'], missing: 'allow' },
];

/** Limits so small that rounds of a dozen bids pass them. */
export const RULES_ABOUT_ROUNDS: readonly Parameters<Rule>[] = [
  { kind: 'bids-per-seat', max: 1 },
  { kind: 'bids-per-seat', max: 2 },
  { kind: 'bids-per-seat', max: 3 },
  { kind: 'awards-per-seat', max: 1 },
  { kind: 'awards-per-seat', max: 2 },
  { kind: 'awards-per-advertiser', max: 1 },
  { kind: 'awards-per-advertiser', max: 2, missing: 'deny' },
  { kind: 'separation', by: 'seat' },
  { kind: 'separation', by: 'advertiser' },
  { kind: 'separation', by: 'category', missing: 'deny' },
  { kind: 'separation', by: 'seat', groups: [['alder', 'cedar']] },
  { kind: 'separation', by: 'advertiser', groups: [['cola.example', 'soda.example', 'shop.example']] },
  { kind: 'separation', by: 'category', taxonomy: 'content-1.0', groups: [['IAB2', 'IAB25']] },
  { kind: 'round-budget', max: 1 },
  { kind: 'round-budget', max: 1.91 },
  { kind: 'round-budget', max: 2 },
  { kind: 'round-budget', max: 4 },
  { kind: 'approval-threshold', above: 0.9 },
  { kind: 'approval-threshold', above: 1 },
  { kind: 'approval-threshold', above: 2 },
];
