import { readdirSync, readFileSync } from 'node:fs';
import { type Rule, RULE_SCHEMAS, type RuleKind } from '../../src/schema/policy.js';
import type { PolicyFault } from '../../src/policy/check/policy-fault.js';
import type { Situation } from './judging.js';

/**
 * A file in test/cases/policies is a case: a rule, a bid, and the verdict it has to get. Rules that see awards see the
 * earlier bids awarded.
 */
export interface PolicyCase extends Situation {
  readonly says: string;
  readonly rule: Rule;
  /** What the verdict says besides the address of the rule; null when the rule is kept. */
  readonly verdict: Readonly<Record<string, unknown>> | null;
}

/** A file that begins with refused- is an expression that is no rule, and all that is said about it. */
export interface RefusedCase {
  readonly says: string;
  /** A text, or parts of one; a part with a number is repeated so many times. */
  readonly expression: string | readonly (string | readonly [part: string, times: number])[];
  readonly code: string;
  readonly faults: readonly PolicyFault[];
}

export const POLICY_CASES = casesOf<PolicyCase>((file) => !file.startsWith('refused-'));
export const REFUSED_CASES = casesOf<RefusedCase>((file) => file.startsWith('refused-'));

function casesOf<T>(isOne: (file: string) => boolean): [string, T][] {
  const folder = new URL('../cases/policies/', import.meta.url);
  return readdirSync(folder)
    .filter(isOne)
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as T]);
}

export function expressionOf({ expression }: RefusedCase): string {
  if (typeof expression === 'string') return expression;
  return expression.map((part) => (typeof part === 'string' ? part : part[0].repeat(part[1]))).join('');
}

/** The behaviours that every kind has to show, as far as it has them. */
export function behavioursOf(kind: RuleKind): readonly string[] {
  return [
    'allow',
    'boundary',
    'escalate',
    ...(kind === 'approval-threshold' ? [] : ['deny']),
    ...(kind === 'cel' || 'missing' in RULE_SCHEMAS[kind].properties ? ['missing'] : []),
  ];
}
