import { expect, test } from 'vitest';
import { checkCel } from '../../src/policy/cel/check/check-cel.js';
import { compilePolicies } from '../../src/policy/compile-policies.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { expressionOf, REFUSED_CASES } from './case-files.js';

test.each(REFUSED_CASES)('%s', (_file, refusedCase) => {
  const expression = expressionOf(refusedCase);
  expect(readPolicy({ rules: [{ id: 'r1', kind: 'cel', expression }] })).toEqual({
    faults: refusedCase.faults,
  });
  const checked = checkCel(expression);
  expect('faults' in checked && checked.faults[0]?.code).toBe(refusedCase.code);
});

test('an expression that nobody checked is not compiled', () => {
  const document = { rules: [{ id: 'r1', kind: 'cel' as const, expression: 'bid.price <' }] };
  expect(() => compilePolicies([{ name: 'p', version: 1, document }], [])).toThrow(
    'the expression of the rule r1 is sound',
  );
});
