import { describe, expect, test } from 'vitest';
import { CEL_LIMITS } from '../../src/policy/cel/check/limits.js';
import { FUNCTIONS, METHODS } from '../../src/policy/cel/check/screen.js';
import { closureOf } from '../../src/policy/cel/compile/compile-cel.js';
import { CEL_FIELDS } from '../../src/policy/cel/fields.js';
import { QUANTIFIERS } from '../../src/policy/cel/syntax.js';
import { POLICY_LIMITS } from '../../src/policy/check/policy-limits.js';
import { readPolicy } from '../../src/policy/read-policy.js';
import { placesOf } from '../../src/policy/attribute-places.js';
import { readDocument, section, tableOf } from '../docs/markdown.js';
import { ruleOf } from './cel/rule-of.js';
import { judgeLast } from './judging.js';
import type { WireBid } from './wire-bids.js';

/** What POLICIES.md says of the language of conditions: each table is run, or is equal to what the code has. */
const PAGE = readDocument('POLICIES.md');

function rowsOf(heading: string): readonly (readonly string[])[] {
  return tableOf(section(PAGE, heading))
    .slice(1)
    .map((cells) => cells.map((cell) => cell.replaceAll('`', '')));
}

const documentOf = (expression: string) => ({ rules: [{ id: 'r1', kind: 'cel', expression }] });

test('the fields are those a condition can read', () => {
  const fields = [...CEL_FIELDS].map(([path, { type, meaning }]) => [path, type, meaning]);
  expect(rowsOf('### What a condition can read')).toEqual(fields);
});

describe('the operators and functions', () => {
  const forms = rowsOf('### Operators and functions');

  test.each(forms)('%s: %s', (form = '', example = '', _meaning, cost) => {
    const rule = ruleOf(example);
    expect(form.split(' ').some((word) => example.includes(word))).toBe(true);
    const closure = closureOf(rule, placesOf(['viewability', 'brand-safety']));
    expect(closure === undefined ? 'slow' : 'fast').toBe(cost);
  });

  test('are all functions there are', () => {
    const named = new Set(forms.map(([form]) => /^[a-zA-Z_]{3,}/.exec(form ?? '')?.[0]).filter(Boolean));
    expect([...named].toSorted()).toEqual(
      [...new Set([...FUNCTIONS, ...METHODS, ...QUANTIFIERS])].toSorted(),
    );
  });
});

test.each(rowsOf('### What a condition does without'))(
  '%s | %s: %s',
  (expression = '', bid = '', outcome) => {
    const reading = readPolicy(documentOf(expression));
    if (!('document' in reading)) throw new Error(JSON.stringify(reading.faults));
    const policy = { name: 'page', version: 1, document: reading.document };
    const verdicts = judgeLast(policy, { bid: JSON.parse(bid) as WireBid });
    expect(verdicts.length === 0 ? 'met' : 'not met').toBe(outcome);
  },
);

test.each(rowsOf('### What is refused'))('%s is refused: %s', (expression = '', message) => {
  const faults = [{ path: '/rules/0/expression', message }];
  expect(readPolicy(documentOf(expression))).toEqual({ faults });
});

test('the limits are those of the code', () => {
  const [ofExpressions, ofPolicies] = section(PAGE, '## Limits').split('\n\n| of one policy');
  expect(numbersOf(ofExpressions!)).toEqual(Object.values(CEL_LIMITS));
  expect(numbersOf(`\n| of one policy${ofPolicies!}`)).toEqual(Object.values(POLICY_LIMITS));
});

function numbersOf(part: string): readonly number[] {
  return tableOf(part)
    .slice(1)
    .map(([, max]) => Number(max));
}
