import { checkCel, type CelRule } from '../../../src/policy/cel/check/check-cel.js';

/** The rule of an expression that has to be sound. */
export function ruleOf(expression: string): CelRule {
  const checked = checkCel(expression);
  if ('rule' in checked) return checked.rule;
  throw new Error(`${expression}: ${checked.faults.map(({ reason }) => reason).join(' ')}`);
}

/** Generated expressions are sound by construction; only what they cost is left to chance. */
export function isTooMuch(expression: string): boolean {
  const checked = checkCel(expression);
  return 'faults' in checked && checked.faults.every(({ code }) => code.startsWith('TOO_'));
}
