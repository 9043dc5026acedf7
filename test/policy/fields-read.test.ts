import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeNames } from '../../src/policy/attribute-layout.js';
import { compilePolicies } from '../../src/policy/compile-policies.js';
import { fieldsReadBy } from '../../src/policy/fields-read.js';
import { startRound } from '../../src/policy/judge-awards.js';
import { judgeBid, limitBids } from '../../src/policy/judge-bid.js';
import type { NamedPolicy } from '../../src/policy/named-policy.js';
import type { Subject } from '../../src/policy/subject.js';
import type { Rule } from '../../src/schema/policy.js';
import { generatedBids, generatedPolicies } from './generated-policies.js';
import { settingOf, subjectOf } from './wire-bids.js';

const OPTIONAL = ['seller', 'domains', 'categories'] as const;
type Optional = (typeof OPTIONAL)[number];

const policyOf = (...rules: Rule[]): NamedPolicy => ({ name: 'p', version: 1, document: { rules } });
const condition = (expression: string): Rule => ({ id: 'c', kind: 'cel', expression });
const apart = (by: 'seat' | 'advertiser' | 'category'): Rule => ({ id: 'a', kind: 'separation', by });

describe('fieldsReadBy', () => {
  test.each<[string, Rule, readonly Optional[]]>([
    ['a price cap', { id: 'p', kind: 'price-cap', max: 1 }, []],
    ['a list of sellers', { id: 's', kind: 'allowed-sellers', sellers: ['north-press'] }, ['seller']],
    ['a list of categories', { id: 's', kind: 'blocked-categories', categories: ['IAB1'] }, ['categories']],
    ['a count for each advertiser', { id: 's', kind: 'awards-per-advertiser', max: 1 }, ['domains']],
    ['separation of seats', apart('seat'), []],
    ['separation of advertisers', apart('advertiser'), ['domains']],
    ['separation of categories', apart('category'), ['categories']],
    ['a condition on none of them', condition('bid.price < 1.0 && bid.seat != "seller"'), []],
    ['a condition that walks', condition('bid.domains.all(d, d != bid.seller)'), ['seller', 'domains']],
    ['a condition on a size', condition('size(bid.categories) > 0'), ['categories']],
  ])('of %s', (_, rule, fields) => {
    const read = fieldsReadBy([policyOf({ id: 'x', kind: 'price-floor', min: 0 }), policyOf(rule)]);
    expect(OPTIONAL.filter((field) => read[field])).toEqual(fields);
  });

  test('names every field that a rule touches', () => {
    fc.assert(
      fc.property(generatedPolicies, generatedBids, (policies, bids) => {
        const layout = attributeNames(policies);
        const touched = new Set<Optional>();
        const subjects = bids.map((bid) => watched(subjectOf(bid, layout), touched));
        judgeAll(policies, layout, subjects);
        const read = fieldsReadBy(policies);
        for (const field of touched) expect(read[field]).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function watched(subject: Subject, touched: Set<Optional>): Subject {
  return new Proxy(subject, {
    get(target, key) {
      const field = OPTIONAL.find((name) => name === key);
      if (field !== undefined) touched.add(field);
      return Reflect.get(target, key) as unknown;
    },
  });
}

function judgeAll(policies: NamedPolicy[], layout: readonly string[], subjects: readonly Subject[]): void {
  const rules = compilePolicies(policies, layout);
  const round = startRound(rules);
  limitBids(rules, subjects);
  for (const subject of subjects) {
    judgeBid(rules, subject, settingOf());
    round.judge(subject, 1);
    round.take(subject, 1);
  }
}
