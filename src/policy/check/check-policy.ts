import type { PolicyDocument, Rule, RuleOf } from '../../schema/policy.js';

/** Something that keeps a policy from being taken. `path` is a JSON pointer into the document. */
export interface PolicyFault {
  readonly path: string;
  readonly message: string;
}

/** What the schema cannot say: ids that repeat, ranges that nothing is in, parameters that mean nothing together. */
export function checkPolicy({ rules }: PolicyDocument): readonly PolicyFault[] {
  return [
    ...repeatedIds(rules),
    ...rules.flatMap((rule, index) => {
      const path = `/rules/${index}`;
      if (rule.kind === 'attribute-range') return rangeFaults(rule, path);
      return rule.kind === 'separation' ? separationFaults(rule, path) : [];
    }),
  ];
}

function repeatedIds(rules: readonly Rule[]): readonly PolicyFault[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `/rules/${index}/id`, message: `The id ${id} stands here for the second time.` }];
  });
}

function rangeFaults({ min, max }: RuleOf<'attribute-range'>, path: string): readonly PolicyFault[] {
  if (min === undefined && max === undefined)
    return [{ path, message: 'A range needs a min, a max or both.' }];
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ path: `${path}/min`, message: `No value is at least ${min} and at most ${max}.` }];
}

function separationFaults(rule: RuleOf<'separation'>, path: string): readonly PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (rule.taxonomy !== undefined && (rule.by !== 'category' || rule.groups === undefined))
    faults.push({
      path: `${path}/taxonomy`,
      message: 'Only groups of categories have a taxonomy.',
    });
  for (const [index, names] of (rule.groups ?? []).entries()) {
    const spelt = rule.by === 'advertiser' ? names.map((name) => name.toLowerCase()) : names;
    if (new Set(spelt).size < names.length)
      faults.push({ path: `${path}/groups/${index}`, message: 'A name stands in this group twice.' });
  }
  return faults;
}
