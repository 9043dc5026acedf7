import type { Rule } from '../schema/policy.js';
import { soundCel } from './cel/check/checked-rules.js';
import { fieldsOf } from './cel/fields-of.js';
import type { NamedPolicy } from './named-policy.js';
import { compareNames } from './verdict.js';

/** The attribute that holds the cost of a bid, unless a rule names another. */
export const DEFAULT_COST = 'cost';

/** The layout of attribute rows: every attribute that a rule of these policies reads, once, in order. */
export function attributeNames(policies: readonly NamedPolicy[]): readonly string[] {
  const names = policies.flatMap(({ document }) => document.rules.flatMap(attributesOf));
  return [...new Set(names)].sort(compareNames);
}

/** The attributes that one rule reads. */
export function attributesOf(rule: Rule): readonly string[] {
  if (rule.kind === 'minimum-margin') return [rule.cost ?? DEFAULT_COST];
  if (rule.kind === 'attribute-range') return [rule.attribute];
  if (rule.kind === 'privacy-flags') return rule.flags;
  return rule.kind === 'cel' ? fieldsOf(soundCel(rule)).attributes : [];
}
