import { invariant } from '../base/assert.js';
import type { Effect, Rule, RuleKind, Severity } from '../schema/policy.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[];

/** Which rule spoke: what verdicts are ordered by. */
export interface RuleAddress {
  readonly policy: string;
  readonly version: number;
  readonly rule: string;
  readonly kind: RuleKind;
  readonly effect: Effect;
  readonly severity: Severity;
}

/** What a broken rule says about a bid. A rule that is kept says nothing. */
export interface Verdict extends RuleAddress {
  /** What the rule looked at: a field of the bid, or what a round has counted. */
  readonly field: string;
  /** What the rule asks for; amounts are decimals. */
  readonly limit: JsonValue;
  /** What the bid says; null when it does not say it. */
  readonly value: JsonValue;
  readonly sentence?: string;
  readonly owner?: string;
}

/** A rule and the policy it stands in. */
export interface PlacedRule<R extends Rule = Rule> {
  readonly policy: string;
  readonly version: number;
  readonly rule: R;
}

export type Speak = (field: string, limit: JsonValue, value: JsonValue) => Verdict;

/** The voice of one rule: all that its verdicts have in common is put together once. */
export function voiceOf(placed: PlacedRule): Speak {
  const { policy, version, rule, kind, effect, severity } = addressOf(placed);
  const { sentence, owner } = placed.rule;
  // Spelled out, because spreading an object costs several times as much and rules may speak about every bid.
  const speak: Speak = (field, limit, value) => {
    return { policy, version, rule, kind, effect, severity, field, limit, value };
  };
  if (sentence === undefined && owner === undefined) return speak;
  const reasons = { ...(sentence !== undefined && { sentence }), ...(owner !== undefined && { owner }) };
  return (field, limit, value) => ({ ...speak(field, limit, value), ...reasons });
}

export function addressOf({ policy, version, rule }: PlacedRule): RuleAddress {
  const { id, kind, severity = 'medium' } = rule;
  const effect = kind === 'approval-threshold' ? 'escalate' : (rule.effect ?? 'deny');
  return { policy, version, rule: id, kind, effect, severity };
}

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 };

/** The binding verdict first: deny, then severity, then names. The order in which rules were written says nothing. */
export function compareBinding(a: RuleAddress, b: RuleAddress): number {
  return (
    Number(a.effect !== 'deny') - Number(b.effect !== 'deny') ||
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    compareNames(a.policy, b.policy) ||
    a.version - b.version ||
    compareNames(a.rule, b.rule)
  );
}

/** Order of code units, which is the same on every machine. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The name that comes first in order, so that a verdict does not depend on how a bid ordered its names. */
export function firstName(names: readonly string[]): string {
  invariant(names.length > 0, 'there is a name to show');
  return names.reduce((first, name) => (compareNames(name, first) < 0 ? name : first));
}

const NAMES_SHOWN_MAX = 10;

/** A list as a verdict shows it: in order, and never longer than a reader wants. Names have no spaces; the rest has. */
export function shownNames(names: readonly string[]): readonly string[] {
  return firstFew([...new Set(names)].sort(compareNames));
}

export function firstFew<T>(values: readonly T[]): readonly (T | string)[] {
  if (values.length <= NAMES_SHOWN_MAX) return values;
  return [...values.slice(0, NAMES_SHOWN_MAX), `and ${values.length - NAMES_SHOWN_MAX} more`];
}
