import { describe, expect, test } from 'vitest';
import { POLICY_LIMITS } from '../../src/policy/check/policy-limits.js';
import { readPolicy } from '../../src/policy/read-policy.js';

type Parameters = Readonly<Record<string, unknown>>;

const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const names = (count: number) => many(count, (index) => `name-${index}`);

function faultsOf(rules: readonly Parameters[]): readonly string[] {
  const reading = readPolicy({ rules: rules.map((rule, index) => ({ id: `r${index}`, ...rule })) });
  return 'faults' in reading ? reading.faults.map(({ path, message }) => `${path} ${message}`) : [];
}

/** Each bound: rules that reach it, one rule that goes beyond, and what is said then. */
const BOUNDS: Record<
  Exclude<keyof typeof POLICY_LIMITS, 'faultsMax'>,
  [reached: Parameters[], beyond: Parameters, message: string]
> = {
  namesMax: [
    many(20, () => ({ kind: 'blocked-seats', seats: names(500) })),
    { kind: 'separation', by: 'seat', groups: [names(2), names(3)] },
    'A policy has at most 10000 names in all lists; this one has 10005.',
  ],
  attributesMax: [
    many(99, (index) => ({ kind: 'attribute-range', attribute: `a${index}`, min: 0 })),
    { kind: 'cel', expression: 'has(bid.attributes.a0) && bid.attributes.b == bid.attributes["c"]' },
    'A policy has at most 100 attributes that its rules read; this one has 101.',
  ],
  expressionsLengthMax: [
    many(4, () => ({ kind: 'cel', expression: 'true'.padEnd(4000) })),
    { kind: 'cel', expression: 'true' },
    'A policy has at most 16000 characters in all expressions; this one has 16004.',
  ],
  stepsMax: [
    many(19, () => ({ kind: 'cel', expression: '"a" in bid.domains' })),
    { kind: 'cel', expression: '"a" in bid.domains' },
    'A policy has at most 10000 steps that all expressions may take for one bid; this one has 10060.',
  ],
};

describe('a policy is bounded as a whole', () => {
  test.each(Object.entries(BOUNDS))('in %s', (_, [reached, beyond, message]) => {
    expect(faultsOf(reached)).toEqual([]);
    expect(faultsOf([...reached, beyond])).toEqual([`/rules ${message}`]);
  });

  test('before its expressions are looked at', () => {
    const broken = many(5, () => ({ kind: 'cel', expression: '('.repeat(4000) }));
    expect(faultsOf(broken)).toEqual([
      '/rules A policy has at most 16000 characters in all expressions; this one has 20000.',
    ]);
  });

  test('and its first faults are told', () => {
    const broken = many(30, () => ({ kind: 'cel', expression: 'bid.a == bid.b' }));
    const faults = faultsOf(broken);
    expect(faults).toHaveLength(POLICY_LIMITS.faultsMax);
    expect(faults.at(-1)).toContain('/rules/9/expression Line 1, column 10: There is no field bid.b;');
  });

  test('an object with more fields than there are is not searched for what is wrong with each', () => {
    const crowd = Object.fromEntries(names(5000).map((name) => [name, 1]));
    const cap = { id: 'cap', kind: 'price-cap', max: 1 };
    expect(readPolicy({ rules: [cap, { ...cap, ...crowd }] })).toEqual({
      faults: [{ path: '/rules/1', message: '/rules/1: more fields than a rule of any kind has.' }],
    });
    expect(readPolicy({ rules: [cap], ...crowd })).toEqual({
      faults: [{ path: '', message: 'The policy has more fields than there are.' }],
    });
  });
});
