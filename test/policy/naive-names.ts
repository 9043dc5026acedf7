import type { RuleOf } from '../../src/schema/policy.js';
import type { WireBid } from './wire-bids.js';

/** Lists of names by comparing every name with every entry. */

export interface Fault {
  readonly field: string;
  readonly limit: unknown;
  readonly value: unknown;
}

interface ListRule {
  readonly missing?: 'deny' | 'allow';
  readonly taxonomy?: string;
}

export function outside(
  field: string,
  list: readonly string[],
  names: readonly string[] = [],
  rule: ListRule,
): Fault | undefined {
  if (names.length === 0)
    return rule.missing === 'allow' ? undefined : { field, limit: shown(list), value: null };
  const [first] = names.filter((name) => !list.some((entry) => covers(entry, name, field, rule))).sort();
  return first === undefined ? undefined : { field, limit: shown(list), value: first };
}

/** The limit told is the widest entry, which is the shortest one. */
export function inside(
  field: string,
  list: readonly string[],
  names: readonly string[] = [],
  rule: ListRule,
): Fault | undefined {
  if (names.length === 0)
    return rule.missing === 'deny' ? { field, limit: shown(list), value: null } : undefined;
  const [first] = names.filter((name) => list.some((entry) => covers(entry, name, field, rule))).sort();
  if (first === undefined) return undefined;
  const [widest = ''] = list
    .filter((entry) => covers(entry, first, field, rule))
    .sort((a, b) => a.length - b.length);
  return { field, limit: field === 'domains' ? widest.toLowerCase() : widest, value: first };
}

export function separated(
  rule: RuleOf<'separation'>,
  bid: WireBid,
  taken: readonly WireBid[],
): Fault | undefined {
  const { field, valuesOf } = SEPARATED[rule.by];
  const own = valuesOf(bid);
  if (own.length === 0) return rule.missing === 'deny' ? { field, limit: 1, value: null } : undefined;
  const isTaken = (matches: (name: string) => boolean) =>
    taken.some((other) => valuesOf(other).some(matches));
  for (const value of [...own].sort()) {
    if (rule.groups === undefined && isTaken((name) => name === value)) return { field, limit: 1, value };
    const clash = rule.groups?.find((group) => {
      const isMember = (name: string) => group.some((entry) => covers(entry, name, field, rule));
      return isMember(value) && isTaken(isMember);
    });
    if (clash !== undefined) return { field, limit: shown(clash), value };
  }
  return undefined;
}

export function lower(names: readonly string[] = []): readonly string[] {
  return names.map((name) => name.toLowerCase());
}

const SEPARATED = {
  seat: { field: 'seat', valuesOf: ({ seat = 'alder' }: WireBid): readonly string[] => [seat] },
  advertiser: { field: 'domains', valuesOf: ({ domains }: WireBid) => lower(domains) },
  category: { field: 'categories', valuesOf: ({ categories = [] }: WireBid) => categories },
};

function covers(entry: string, name: string, field: string, { taxonomy }: ListRule): boolean {
  if (field === 'domains') return isWithinDomain(name, entry);
  return name === entry || (taxonomy === 'content-1.0' && name.startsWith(`${entry}-`));
}

function shown(list: readonly string[]): readonly string[] {
  const sorted = [...new Set(list)].sort();
  return sorted.length > 10 ? [...sorted.slice(0, 10), `and ${sorted.length - 10} more`] : sorted;
}

/** A domain covers itself and its subdomains, in any case of letters. */
export function isWithinDomain(name: string, parent: string): boolean {
  return `.${name.toLowerCase()}`.endsWith(`.${parent.toLowerCase()}`);
}
