import type { PolicyDocument, Rule, RuleOf } from '../../schema/policy.js';
import { expressionFaults } from './check-expression.js';
import { loadFaults, sizeFaults } from './check-totals.js';
import type { PolicyFault } from './policy-fault.js';
import { POLICY_LIMITS } from './policy-limits.js';

/**
 * What the schema cannot say: a policy that is too much, ids that repeat, ranges that nothing is in, parameters that
 * mean nothing together, expressions that are no rules. Only the first faults are told.
 */
export function checkPolicy({ rules }: PolicyDocument): readonly PolicyFault[] {
  const oversized = sizeFaults(rules);
  if (oversized.length > 0) return oversized;
  const faults: PolicyFault[] = [];
  for (const fault of faultsIn(rules)) {
    if (faults.push(fault) === POLICY_LIMITS.faultsMax) return faults;
  }
  return faults.length > 0 ? faults : loadFaults(rules);
}

function* faultsIn(rules: readonly Rule[]): Generator<PolicyFault> {
  yield* repeatedIds(rules);
  for (const [index, rule] of rules.entries()) {
    const path = `/rules/${index}`;
    if (rule.kind === 'attribute-range') yield* rangeFaults(rule, path);
    if (rule.kind === 'separation') yield* separationFaults(rule, path);
    if (rule.kind === 'cel') yield* expressionFaults(rule, path);
  }
}

function repeatedIds(rules: readonly Rule[]): readonly PolicyFault[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `/rules/${index}/id`, message: `The id ${id} stands here for the second time.` }];
  });
}

function rangeFaults({ min, max }: RuleOf<'attribute-range'>, path: string): readonly PolicyFault[] {
  if (min === undefined && max === undefined)
    return [{ path, message: 'A range needs a min, a max or both.' }];
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ path: `${path}/min`, message: `No value is at least ${min} and at most ${max}.` }];
}

function separationFaults(rule: RuleOf<'separation'>, path: string): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (rule.taxonomy !== undefined && (rule.by !== 'category' || rule.groups === undefined))
    faults.push({
      path: `${path}/taxonomy`,
      message: 'Only groups of categories have a taxonomy.',
    });
  for (const [index, names] of (rule.groups ?? []).entries()) {
    const spelt = rule.by === 'advertiser' ? names.map((name) => name.toLowerCase()) : names;
    if (new Set(spelt).size < names.length)
      faults.push({ path: `${path}/groups/${index}`, message: 'A name stands in this group twice.' });
  }
  return faults;
}
