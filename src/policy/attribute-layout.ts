import { invariant } from '../base/assert.js';
import type { Rule } from '../schema/policy.js';
import type { NamedPolicy } from './named-policy.js';
import { compareNames } from './verdict.js';

/** The attribute that holds the cost of a bid, unless a rule names another. */
export const DEFAULT_COST = 'cost';

/** The attributes that an expression names. */
export type AttributesOfCel = (expression: string) => readonly string[];

/** The layout of attribute rows: every attribute that a rule of these policies reads, once, in order. */
export function attributeNames(
  policies: readonly NamedPolicy[],
  attributesOfCel: AttributesOfCel = () => [],
): readonly string[] {
  const names = policies.flatMap(({ document }) =>
    document.rules.flatMap((rule) => attributesOf(rule, attributesOfCel)),
  );
  return [...new Set(names)].sort(compareNames);
}

/** Where an attribute stands in a row. */
export function attributeIndex(layout: readonly string[], attribute: string): number {
  const index = layout.indexOf(attribute);
  invariant(index !== -1, `the attribute layout has ${attribute}`);
  return index;
}

function attributesOf(rule: Rule, attributesOfCel: AttributesOfCel): readonly string[] {
  if (rule.kind === 'minimum-margin') return [rule.cost ?? DEFAULT_COST];
  if (rule.kind === 'attribute-range') return [rule.attribute];
  if (rule.kind === 'privacy-flags') return rule.flags;
  return rule.kind === 'cel' ? attributesOfCel(rule.expression) : [];
}
