import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divideRoundingUp, microsToDecimal, PRICE_MAX, toMicros } from '../../src/base/money.js';
import { microsOfText } from '../auction/naive-money.js';

/** Up to here doubles stand closer than a micro apart, so that every amount has a double of its own. */
const DISTINCT_MICROS_MAX = 2 ** 33 * 1e6;

const ROUNDED: [text: string, micros: number][] = [
  ['0', 0],
  ['-0', 0],
  ['0.000001', 1],
  ['0.0000005', 0],
  ['0.00000050000001', 1],
  ['0.0000015', 2],
  ['0.0000025', 2],
  ['0.0000035', 4],
  ['1.0000005', 1_000_000],
  ['1.0000015', 1_000_002],
  ['1.00000149999999', 1_000_001],
  ['0.1', 100_000],
  ['0.29', 290_000],
  ['1.005', 1_005_000],
  ['4.35', 4_350_000],
  ['1e-7', 0],
  ['5e-324', 0],
  ['2.5E+3', 2_500_000_000],
  ['1234567890.123456', 1_234_567_890_123_456],
  ['8999999999.99999', 8_999_999_999_999_990],
  ['9000000000', 9_000_000_000_000_000],
];

/** A decimal text of up to 15 digits: as many as every double keeps. */
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: -24, max: 4 }))
  .map(([digits, exponent]) => `${digits}e${exponent}`)
  .filter((text) => Number(text) <= PRICE_MAX);

/** Halfway between two micros, where half-even has to look at the digit before. */
const halfwayText = fc.integer({ min: 0, max: 99_999_999 }).map((micros) => `${micros}5e-7`);

describe('toMicros', () => {
  test.each(ROUNDED)('%s is %i micros', (text, micros) => {
    expect(toMicros(Number(text))).toBe(micros);
  });

  test('rounds every decimal text half-even, as arithmetic on its digits does', () => {
    fc.assert(
      fc.property(fc.oneof(decimalText, halfwayText), (text) => {
        expect(BigInt(toMicros(Number(text)))).toBe(microsOfText(text));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('microsToDecimal', () => {
  test('is read back by toMicros, and written the same by JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: DISTINCT_MICROS_MAX }), (micros) => {
        const text = microsToDecimal(micros);
        expect(toMicros(Number(text))).toBe(micros);
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  test('has every digit up to the highest price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: PRICE_MAX * 1e6 }), (micros) => {
        expect(microsOfText(microsToDecimal(micros))).toBe(BigInt(micros));
      }),
    );
  });
});

test('divideRoundingUp is the smallest integer that is not below the quotient', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 24n }),
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      (amount, parts) => {
        const share = divideRoundingUp(amount, parts);
        expect(share * parts >= amount && (share - 1n) * parts < amount).toBe(true);
      },
    ),
  );
});
