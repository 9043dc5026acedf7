import type { Rule } from '../../schema/policy.js';
import { attributesOf } from '../attribute-layout.js';
import { soundCel } from '../cel/check/checked-rules.js';
import { stepsOf } from '../cel/check/cost.js';
import type { PolicyFault } from './policy-fault.js';
import { POLICY_LIMITS } from './policy-limits.js';

/** What can be counted before any rule is looked into, so that a policy that is too large costs nothing more. */
export function sizeFaults(rules: readonly Rule[]): readonly PolicyFault[] {
  const { namesMax, expressionsLengthMax } = POLICY_LIMITS;
  return [
    ...beyond(sumOf(rules, namesIn), namesMax, 'names in all lists'),
    ...beyond(sumOf(rules, lengthOf), expressionsLengthMax, 'characters in all expressions'),
  ];
}

/** What only sound rules tell: how much they read, and how long they may take. */
export function loadFaults(rules: readonly Rule[]): readonly PolicyFault[] {
  const { attributesMax, stepsMax } = POLICY_LIMITS;
  const attributes = new Set(rules.flatMap(attributesOf)).size;
  return [
    ...beyond(attributes, attributesMax, 'attributes that its rules read'),
    ...beyond(sumOf(rules, worstSteps), stepsMax, 'steps that all expressions may take for one bid'),
  ];
}

function beyond(count: number, max: number, what: string): readonly PolicyFault[] {
  if (count <= max) return [];
  return [{ path: '/rules', message: `A policy has at most ${max} ${what}; this one has ${count}.` }];
}

function sumOf(rules: readonly Rule[], measure: (rule: Rule) => number): number {
  return rules.reduce((sum, rule) => sum + measure(rule), 0);
}

/** Whatever its kind calls them: all lists of a rule hold names, or groups of names. */
function namesIn(rule: Rule): number {
  const values: readonly unknown[] = Object.values(rule);
  return values.reduce<number>((sum, value) => sum + (Array.isArray(value) ? sizeOf(value) : 0), 0);
}

function sizeOf(list: readonly unknown[]): number {
  return list.reduce<number>((sum, entry) => sum + (Array.isArray(entry) ? entry.length : 1), 0);
}

function lengthOf(rule: Rule): number {
  return rule.kind === 'cel' ? rule.expression.length : 0;
}

function worstSteps(rule: Rule): number {
  return rule.kind === 'cel' ? stepsOf(soundCel(rule).root) : 0;
}
