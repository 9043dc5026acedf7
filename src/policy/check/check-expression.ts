import type { RuleOf } from '../../schema/policy.js';
import { checkedCel } from '../cel/check/checked-rules.js';
import type { PolicyFault } from './policy-fault.js';

/** Everything that keeps an expression from being a rule, with its place in the text. */
export function expressionFaults(rule: RuleOf<'cel'>, path: string): readonly PolicyFault[] {
  const check = checkedCel(rule);
  if ('rule' in check) return [];
  return check.faults.map(({ line, column, reason }) => ({
    path: `${path}/expression`,
    message: `Line ${line}, column ${column}: ${reason}`,
  }));
}
