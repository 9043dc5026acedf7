import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCel } from '../../../src/policy/cel/compile/compile-cel.js';
import { explainCel } from '../../../src/policy/cel/explain-cel.js';
import { fieldsOf } from '../../../src/policy/cel/fields-of.js';
import { interpretCel } from '../../../src/policy/cel/interpret-cel.js';
import { writeCel } from '../../../src/policy/cel/write-cel.js';
import { expressions } from './expressions.js';
import { frameOf, frames, PLACES, type Situation } from './frames.js';
import { ruleOf } from './rule-of.js';

/** Name of the case -> [expression, bid, field, limit, value] */
type Explained = Record<string, [string, Situation, string, unknown, unknown]>;
const EXPLAINED = JSON.parse(
  readFileSync(new URL('explained-rules.json', import.meta.url), 'utf8'),
) as Explained;

describe('an explanation names', () => {
  test.each(Object.entries(EXPLAINED))('%s', (_, [expression, situation, field, limit, value]) => {
    const rule = ruleOf(expression);
    expect(compileCel(rule, PLACES)(frameOf(situation))).toBe(false);
    expect(explainCel(rule, PLACES)(frameOf(situation))).toEqual({ field, limit, value });
  });

  test('something that JSON can write, whatever the rule and the bid', () => {
    fc.assert(
      fc.property(expressions, frames, (expression, frame) => {
        const explanation = explainCel(ruleOf(expression), PLACES)(frame);
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a text is told as far as it is short, and never half a character of it', () => {
  const told = (text: string) => {
    const { field, limit } = explainCel(ruleOf(`bid.seat == "${text}"`), PLACES)(frameOf());
    return [field, limit];
  };
  expect(told('x'.repeat(200))).toEqual(['seat', 'x'.repeat(200)]);
  expect(told('x'.repeat(201))).toEqual(['seat', `${'x'.repeat(200)}...`]);
  expect(told(`${'x'.repeat(199)}\u{1f600}`)).toEqual(['seat', `${'x'.repeat(199)}...`]);
  const long = ruleOf(`!(bid.seat + "${'x'.repeat(300)}" != "")`);
  expect(explainCel(long, PLACES)(frameOf()).field).toHaveLength(203);
});

test('a rule that is written out again says the same', () => {
  fc.assert(
    fc.property(expressions, frames, (expression, frame) => {
      const rule = ruleOf(expression);
      const again = ruleOf(writeCel(rule.root));
      expect(interpretCel(again, PLACES)(frame)).toBe(interpretCel(rule, PLACES)(frame));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['bid.price-(lot.floor-1.0)>9.0', 'bid.price - (lot.floor - 1.0) > 9.0'],
  ['(bid.price - lot.floor) - 1.0 > 9.0', 'bid.price - lot.floor - 1.0 > 9.0'],
  ['(true == false) == !(true && false)', '(true == false) == !(true && false)'],
  ['bid.seat == r"\\d" // as it stands', 'bid.seat == r"\\d"'],
  ['(bid.seat + \'"\').startsWith("""a\nb""")', '(bid.seat + \'"\').startsWith("""a\nb""")'],
  [
    '((true ? false : true) ? true : (false ? true : true))',
    '(true ? false : true) ? true : false ? true : true',
  ],
  ['-(-1) < -(1 + 2)', '--1 < -(1 + 2)'],
])('%s is written %s', (expression, written) => {
  expect(writeCel(ruleOf(expression).root)).toBe(written);
});

test('fieldsOf lists what a rule reads', () => {
  const rule = ruleOf(
    'bid.price > lot.floor && (has(bid.attributes.b) || "a-b" in bid.attributes || bid.attributes["b"] > bid.price)',
  );
  expect(fieldsOf(rule)).toEqual({ fields: ['bid.price', 'lot.floor'], attributes: ['b', 'a-b'] });
});
