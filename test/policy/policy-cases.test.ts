import { describe, expect, test } from 'vitest';
import { LOSSES } from '../../src/base/loss-reasons.js';
import { lossReasonOf, LOSS_REASONS } from '../../src/policy/loss-reason-of.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { RULE_KINDS } from '../../src/schema/policy.js';
import { behavioursOf, POLICY_CASES, type PolicyCase } from './case-files.js';
import { judgeLast } from './judging.js';

describe('policy cases', () => {
  test.each(POLICY_CASES)('%s', (_file, policyCase) => {
    check(policyCase);
  });
});

function check({ rule, verdict, ...situation }: PolicyCase): void {
  const document = { rules: [rule] };
  expect(readPolicy(document)).toEqual({ document });
  const spoken = judgeLast({ name: 'house', version: 3, document }, situation);
  const address = { policy: 'house', version: 3, rule: rule.id, kind: rule.kind };
  expect(spoken).toEqual(verdict === null ? [] : [{ ...address, ...verdict }]);
}

describe('the cases', () => {
  test.each(RULE_KINDS)('of %s show all that the kind can do', (kind) => {
    const files = POLICY_CASES.map(([file]) => file);
    for (const behaviour of behavioursOf(kind)) expect(files).toContain(`${kind}-${behaviour}.json`);
  });

  test.each(POLICY_CASES)('%s shows what it is named after', (file, { rule, verdict }) => {
    const behaviour = file.slice(rule.kind.length + 1, -'.json'.length);
    expect(file.startsWith(`${rule.kind}-`)).toBe(true);
    if (behaviour === 'allow') expect(verdict).toBeNull();
    if (behaviour === 'deny' || behaviour === 'escalate') expect(verdict?.['effect']).toBe(behaviour);
  });

  test('give every kind that denies a reason of its own', () => {
    const reasons = Object.values(LOSS_REASONS);
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const reason of reasons) expect(LOSSES[reason].code).toBeGreaterThanOrEqual(510);
    for (const [, { rule, ...situation }] of POLICY_CASES) {
      const [verdict] = judgeLast({ name: 'p', version: 1, document: { rules: [rule] } }, situation);
      if (verdict?.effect === 'deny')
        expect(lossReasonOf(verdict)).toBe(
          Object.entries(LOSS_REASONS).find(([kind]) => kind === rule.kind)?.[1],
        );
      if (verdict?.effect === 'escalate')
        expect(() => lossReasonOf(verdict)).toThrow('only a denial is a loss');
    }
  });

  test('are no formality: another limit, or silence, fails', () => {
    const [, denied] = POLICY_CASES.find(([file]) => file === 'price-cap-deny.json')!;
    expect(() => {
      check({ ...denied, verdict: { ...denied.verdict, limit: 11 } });
    }).toThrow();
    expect(() => {
      check({ ...denied, verdict: null });
    }).toThrow();
  });
});
