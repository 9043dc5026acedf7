import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closureOf, compileCel } from '../../../src/policy/cel/compile/compile-cel.js';
import type { CelFrame } from '../../../src/policy/cel/frame.js';
import { interpretCel } from '../../../src/policy/cel/interpret-cel.js';
import { compilePolicies } from '../../../src/policy/compile-policies.js';
import { judgeBid } from '../../../src/policy/judge-bid.js';
import type { Verdict } from '../../../src/policy/verdict.js';
import { expressions } from './expressions.js';
import { frameOf, frames, LAYOUT, PLACES, type Situation } from './frames.js';
import { ruleOf } from './rule-of.js';

const COMPILED = [
  'bid.price <= 5.10 && bid.price >= lot.floor * 1.1',
  'bid.attributes.viewability >= 0.7',
  '!has(bid.attributes.latency) || bid.attributes.latency < 120.0',
  'bid.seat in ["a", "b"] ? bid.quantity <= 3 : bid.quantity == 1',
  'bid.price * double(bid.quantity) < 1000.0',
  '!("a.example" in bid.domains) && size(bid.categories) > 0',
  'bid.domains.all(d, d.endsWith(".example"))',
  'bid.categories.exists(c, c == "IAB7" || c.startsWith("IAB7-"))',
  '(bid.seat + "/" + bid.seller).contains("x/y")',
];

const INTERPRETED = [
  'bid.seat.lowerAscii() == "a"',
  'bid.domains[0] == "a.example"',
  'bid.domains == bid.categories',
  'bid.domains.exists_one(d, d == "a")',
  'bid.quantity * 9007199254740993 > 0',
];

/** [expression, bid, whether the bid meets it]: an error is absorbed by the side that decides, and else not met. */
const ERRORS: [string, Situation, boolean][] = [
  ['bid.attributes.latency < 1.0 || bid.price > 0.0', {}, true],
  ['bid.price > 0.0 || bid.attributes.latency < 1.0', {}, true],
  ['bid.attributes.latency < 1.0 || bid.price < 0.0', {}, false],
  ['!(bid.attributes.latency < 1.0 && bid.price < 0.0)', {}, true],
  ['!(bid.attributes.latency < 1.0)', {}, false],
  ['bid.attributes.latency != 1.0', {}, false],
  ['bid.quantity / 0 > 1 || true', {}, true],
  ['bid.quantity % (bid.quantity - 1) == 0', {}, false],
  ['bid.price / 0.0 > 1.0', { price: 1 }, true],
  ['0.0 / 0.0 != bid.price', {}, true],
  ['bid.attributes.latency < 1.0 ? true : true', {}, false],
  ['true ? bid.price > 0.0 : bid.attributes.latency < 1.0', {}, true],
  ['bid.domains.all(d, bid.attributes.latency < 1.0 || d == "a")', { domains: ['b', 'a'] }, false],
  ['!bid.domains.all(d, d != "a" && bid.attributes.latency < 1.0)', { domains: ['b', 'a'] }, true],
  ['bid.domains.exists(d, d == "a" || bid.attributes.latency < 1.0)', { domains: ['b', 'a'] }, true],
  ['bid.domains[3] == "a" || true', {}, true],
  ['bid.quantity + 9223372036854775807 > 0', {}, false],
];

describe('a compiled rule', () => {
  test.each(COMPILED)('is closures: %s', (expression) => {
    expect(closureOf(ruleOf(expression), PLACES)).toBeDefined();
  });

  test.each(INTERPRETED)('is left to the library: %s', (expression) => {
    expect(closureOf(ruleOf(expression), PLACES)).toBeUndefined();
  });

  test.each(ERRORS)('is total: %s', (expression, situation, met) => {
    expect(compileCel(ruleOf(expression), PLACES)(frameOf(situation))).toBe(met);
    expect(interpretCel(ruleOf(expression), PLACES)(frameOf(situation)) === true).toBe(met);
  });

  test('says what the library says, errors included, and so does the rule in its policy', () => {
    const several = fc.array(frames, { minLength: 5, maxLength: 5 });
    let compiled = 0;
    fc.assert(
      fc.property(expressions, several, (expression, situations) => {
        const rule = ruleOf(expression);
        const [closure, interpreted] = [closureOf(rule, PLACES), interpretCel(rule, PLACES)];
        const verdictsOn = judgeWith(expression);
        for (const frame of situations) {
          const met = interpreted(frame);
          if (closure !== undefined) expect(closure(frame)).toBe(met);
          expect(verdictsOn(frame)).toHaveLength(met === true ? 0 : 1);
        }
        if (closure !== undefined) compiled += 1;
      }),
      { numRuns: 4000 },
    );
    expect(compiled).toBeGreaterThan(1500);
  });
});

/** The expression as a rule among others; one compiled rule judges all the bids. */
function judgeWith(expression: string): (frame: CelFrame) => readonly Verdict[] {
  const document = { rules: [{ id: 'r1', kind: 'cel' as const, expression }] };
  const rules = compilePolicies([{ name: 'p', version: 1, document }], LAYOUT);
  return ({ subject, ...setting }) => judgeBid(rules, subject, setting);
}
