import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microsToDecimal, PRICE_MAX, toMicros } from '../../../src/base/money.js';
import { compileCel } from '../../../src/policy/cel/compile/compile-cel.js';
import { unitsOf } from '../../../src/policy/cel/fields.js';
import { microsAround } from '../../../src/policy/cel/compile/price-range.js';
import { frameOf, PLACES } from './frames.js';
import { ruleOf } from './rule-of.js';

/** Up to here every amount has a double of its own. */
const DISTINCT_MICROS_MAX = 2 ** 33 * 1e6;
const OPERATORS = ['<', '<=', '>', '>=', '==', '!='] as const;

const holds = (expression: string, priceMicros: number) => {
  const frame = frameOf();
  return compileCel(ruleOf(expression), PLACES)({ ...frame, subject: { ...frame.subject, priceMicros } });
};

const compareWhole = (left: number, operator: (typeof OPERATORS)[number], right: number) =>
  ({
    '<': left < right,
    '<=': left <= right,
    '>': left > right,
    '>=': left >= right,
    '==': left === right,
    '!=': left !== right,
  })[operator];

describe('a price compared with a literal', () => {
  test('is met exactly on the cent', () => {
    expect(holds('bid.price <= 5.10', 5_100_000)).toBe(true);
    expect(holds('bid.price <= 5.10', 5_100_001)).toBe(false);
    expect(holds('5.10 == bid.price', 5_100_000)).toBe(true);
    expect(holds('bid.price > 5', 5_000_000)).toBe(false);
  });

  test('of up to six decimals compares whole micros', () => {
    const literalMicros = fc.integer({ min: 0, max: DISTINCT_MICROS_MAX - 2 });
    fc.assert(
      fc.property(
        literalMicros,
        fc.integer({ min: -2, max: 2 }),
        fc.constantFrom(...OPERATORS),
        (micros, away, operator) => {
          const price = Math.max(micros + away, 0);
          const text = microsToDecimal(micros);
          const literal = text.includes('.') ? text : `${text}.0`;
          expect(holds(`bid.price ${operator} ${literal}`, price)).toBe(
            compareWhole(price, operator, micros),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('of any kind compares the doubles', () => {
    const limit = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -1, max: 10, noNaN: true }),
      fc.double({ min: 8e9, max: 9.1e9, noNaN: true }),
    );
    fc.assert(
      fc.property(limit, fc.integer({ min: -3, max: 3 }), (value, away) => {
        const { least, most } = microsAround(value);
        const near = Math.round(value * 1e6) + away;
        const micros = Math.min(Math.max(Number.isFinite(near) ? near : 0, 0), 9e15);
        expect(micros >= least).toBe(unitsOf(micros) >= value);
        expect(micros <= most).toBe(unitsOf(micros) <= value);
      }),
      { numRuns: 5000 },
    );
  });
});

test('an amount of the wire is the double it was sent as', () => {
  const price = fc.oneof(
    fc.integer({ min: 0, max: DISTINCT_MICROS_MAX }).map((micros) => micros / 1e6),
    fc.double({ min: 2 ** 33, max: PRICE_MAX, noNaN: true }),
  );
  fc.assert(
    fc.property(price, (units) => {
      expect(unitsOf(toMicros(units))).toBe(units);
    }),
    { numRuns: 5000 },
  );
});
