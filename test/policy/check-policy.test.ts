import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../src/policy/read-policy.js';
import { RULES_MAX } from '../../src/schema/policy.js';

const CAP = { id: 'cap', kind: 'price-cap', max: 1 };
const RANGE = { id: 'range', kind: 'attribute-range', attribute: 'viewability' };
const APART = { id: 'apart', kind: 'separation', by: 'advertiser' };
const THRESHOLD = { id: 'big', kind: 'approval-threshold', above: 1, effect: 'deny' };
const LONG = 'x'.repeat(1000);
const grouped = (...names: string[]) => ({ ...APART, groups: [names] });

describe('a policy is refused, and told where,', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['when it is no object', null, ['']],
    ['without rules', { rules: [] }, ['/rules']],
    ['with too many rules', { rules: Array.from({ length: RULES_MAX + 1 }, () => CAP) }, ['/rules']],
    ['when a rule is no object', { rules: [CAP, 5] }, ['/rules/1/kind']],
    ['when a kind is unknown', { rules: [{ ...CAP, kind: 'price-lid' }] }, ['/rules/0/kind']],
    ['when a kind is the name of something else', { rules: [{ kind: 'toString' }] }, ['/rules/0/kind']],
    ['when a parameter is absent', { rules: [{ id: 'cap', kind: 'price-cap' }] }, ['/rules/0/max']],
    ['when a parameter is misspelt', { rules: [{ ...CAP, sevrity: 'low' }] }, ['/rules/0/sevrity']],
    ['when a name is longer than a path may be', { rules: [{ ...CAP, [LONG]: 1 }] }, ['/rules/0']],
    ['when an amount is negative', { rules: [{ ...CAP, max: -1 }] }, ['/rules/0/max']],
    ['when a threshold is to deny', { rules: [THRESHOLD] }, ['/rules/0/effect']],
    ['when a list is empty', { rules: [{ id: 's', kind: 'allowed-seats', seats: [] }] }, ['/rules/0/seats']],
    ['when ids repeat', { rules: [CAP, { ...CAP, max: 2 }, CAP] }, ['/rules/1/id', '/rules/2/id']],
    ['when a range has no end', { rules: [RANGE] }, ['/rules/0']],
    ['when nothing is in a range', { rules: [{ ...RANGE, min: 0.8, max: 0.7 }] }, ['/rules/0/min']],
    ['when a group repeats a name', { rules: [grouped('a.example', 'A.example')] }, ['/rules/0/groups/0']],
    ['when seats have a taxonomy', { rules: [{ ...APART, taxonomy: 'other' }] }, ['/rules/0/taxonomy']],
  ])('%s', (_, document, paths) => {
    const reading = readPolicy(document);
    expect('faults' in reading && reading.faults.map(({ path }) => path)).toEqual(paths);
    for (const { message } of 'faults' in reading ? reading.faults : [])
      expect(message).toMatch(/^.{10,400}\.$/);
  });
});

test('a policy of one value in a range is taken', () => {
  const document = { description: 'Exact.', rules: [{ ...RANGE, min: 1, max: 1 }] };
  expect(readPolicy(document)).toEqual({ document });
});
