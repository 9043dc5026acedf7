import type { RuleOf } from '../../schema/policy.js';
import { advertisersOf } from '../names/advertisers.js';
import { type CoverIndex, domainIndex, parentIndex } from '../names/cover-index.js';
import { judgesAwards } from './declare-kind.js';
import type { Subject } from '../subject.js';
import { compareNames, type JsonValue, shownNames } from '../verdict.js';

type Separation = RuleOf<'separation'>;
type Groups = NonNullable<Separation['groups']>;

/** Something that one award of a round at most may have: a value, or a place in a group of competitors. */
interface Claim {
  readonly key: string | number;
  readonly limit: JsonValue;
  readonly value: string;
}

const FIELDS = { seat: 'seat', advertiser: 'domains', category: 'categories' } as const;

export const separation = judgesAwards('separation', (rule, speak) => {
  const field = FIELDS[rule.by];
  const missing = rule.missing ?? 'allow';
  const claimsOf = claimReader(rule);
  return () => {
    const taken = new Set<string | number>();
    return {
      judge: (subject) => {
        const values = valuesOf(subject, rule.by);
        if (values.length === 0) return missing === 'allow' ? undefined : speak(field, 1, null);
        const clash = claimsOf(values).find(({ key }) => taken.has(key));
        return clash === undefined ? undefined : speak(field, clash.limit, clash.value);
      },
      take: (subject) => {
        for (const { key } of claimsOf(valuesOf(subject, rule.by))) taken.add(key);
      },
    };
  };
});

function valuesOf(subject: Subject, by: Separation['by']): readonly string[] {
  switch (by) {
    case 'seat':
      return [subject.seat];
    case 'advertiser':
      return advertisersOf(subject).toSorted(compareNames);
    case 'category':
      return subject.categories.toSorted(compareNames);
  }
}

function claimReader(rule: Separation): (values: readonly string[]) => readonly Claim[] {
  if (rule.groups === undefined) return (values) => values.map((value) => ({ key: value, limit: 1, value }));
  const limits = rule.groups.map(shownNames);
  const groupsOf = groupReader(rule, rule.groups);
  return (values) =>
    values.flatMap((value) => groupsOf(value).map((key) => ({ key, limit: limits[key]!, value })));
}

/** The groups that a value belongs to, as indices. */
function groupReader(rule: Separation, groups: Groups): (value: string) => readonly number[] {
  const spell = (name: string) => (rule.by === 'advertiser' ? name.toLowerCase() : name);
  const members = new Map<string, number[]>();
  for (const [index, names] of groups.entries()) {
    for (const name of new Set(names.map(spell))) members.set(name, [...(members.get(name) ?? []), index]);
  }
  const index = coverIndexOf(rule, [...members.keys()]);
  const entriesOf = (value: string) => index?.all(value) ?? [value];
  return (value) =>
    [...new Set(entriesOf(value).flatMap((entry) => members.get(entry) ?? []))].sort((a, b) => a - b);
}

/** Undefined where names match exactly. */
function coverIndexOf({ by, taxonomy }: Separation, names: readonly string[]): CoverIndex | undefined {
  if (by === 'advertiser') return domainIndex(names);
  return by === 'category' && taxonomy === 'content-1.0' ? parentIndex(names) : undefined;
}
