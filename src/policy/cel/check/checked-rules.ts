import { invariant } from '../../../base/assert.js';
import type { RuleOf } from '../../../schema/policy.js';
import { type CelCheck, type CelRule, checkCel } from './check-cel.js';

interface Checked {
  readonly expression: string;
  readonly check: CelCheck;
}

/**
 * Checking a rule costs far more than all that is done with it afterwards, and reading a policy, laying out its
 * attributes and compiling it each need the result. So it is kept as long as the rule of the document is.
 */
const CHECKED = new WeakMap<RuleOf<'cel'>, Checked>();

export function checkedCel(rule: RuleOf<'cel'>): CelCheck {
  const { expression } = rule;
  const known = CHECKED.get(rule);
  if (known?.expression === expression) return known.check;
  const check = checkCel(expression);
  CHECKED.set(rule, { expression, check });
  return check;
}

/** For rules of policies that were read, whose expressions are sound. */
export function soundCel(rule: RuleOf<'cel'>): CelRule {
  const check = checkedCel(rule);
  invariant('rule' in check, `the expression of the rule ${rule.id} is sound`);
  return check.rule;
}
