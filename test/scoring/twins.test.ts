import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRICE_MAX } from '../../src/base/money.js';
import type { Attributes, CompiledProfile } from '../../src/scoring/compiled-profile.js';
import { explainUtility, writeExplanation } from '../../src/scoring/explain-utility.js';
import { Scorer } from '../../src/scoring/fast.js';
import { utilityOf } from '../../src/scoring/naive.js';
import { priceReaching, priceReachingFrom } from '../../src/scoring/price-reaching.js';
import { generatedBid, generatedDocument, generatedScoring } from './generated-profiles.js';
import { compiled, TWINS } from './twins.js';

const fastly = TWINS[1]![1];
const PRICE_MICROS_MAX = PRICE_MAX * 1e6;

describe('the twins', () => {
  test('agree on every bid, to the last nano', () => {
    fc.assert(
      fc.property(generatedScoring, ({ document, priceMicros, attributes }) => {
        const profile = compiled(document);
        expect(fastly(profile)(priceMicros, attributes)).toBe(utilityOf(profile, priceMicros, attributes));
      }),
      { numRuns: 1000 },
    );
  });

  test('agree on whole batches', () => {
    const batch = generatedDocument.chain((document) =>
      fc.tuple(fc.constant(document), fc.array(generatedBid(document), { minLength: 1, maxLength: 20 })),
    );
    fc.assert(
      fc.property(batch, ([document, bids]) => {
        const profile = compiled(document);
        const { layout } = bids[0]!.attributes;
        const rows = bids.map(({ attributes }) => aligned(attributes, layout));
        const expected = bids.map(({ priceMicros }, bid) =>
          utilityOf(profile, priceMicros, { layout, values: rows[bid]! }),
        );
        expect(batchUtilities(profile, layout, bids, rows)).toEqual(expected.map((each) => each ?? NaN));
      }),
    );
  });

  test('read tables that went through JSON as they read the compiled ones', () => {
    fc.assert(
      fc.property(generatedScoring, ({ document, priceMicros, attributes }) => {
        const profile = compiled(document);
        const stored = JSON.parse(JSON.stringify(profile)) as CompiledProfile;
        expect(stored).toEqual(profile);
        expect(fastly(stored)(priceMicros, attributes)).toBe(utilityOf(profile, priceMicros, attributes));
      }),
    );
  });
});

describe('a utility', () => {
  test('never falls as the price rises', () => {
    fc.assert(
      fc.property(generatedScoring, fc.nat(), ({ document, priceMicros, attributes }, more) => {
        const profile = compiled(document);
        const dearer = Math.min(priceMicros + more, PRICE_MICROS_MAX);
        const utility = utilityOf(profile, priceMicros, attributes);
        fc.pre(utility !== undefined);
        expect(utilityOf(profile, dearer, attributes)).toBeGreaterThanOrEqual(utility);
      }),
    );
  });

  test('is the sum of the contributions that explain it, also as decimals', () => {
    fc.assert(
      fc.property(generatedScoring, ({ document, priceMicros, attributes }) => {
        const profile = compiled(document);
        const explained = explainUtility(profile, priceMicros, attributes);
        expect(explained?.utilityNanos).toBe(utilityOf(profile, priceMicros, attributes));
        if (explained === undefined) return;
        const { utility, terms } = writeExplanation(explained);
        const sum = terms.reduce((total, { contribution }) => total + wholeNanos(contribution), 0n);
        expect(sum).toBe(wholeNanos(utility));
      }),
    );
  });
});

describe('the price that reaches a utility', () => {
  const wanted = fc.tuple(
    generatedScoring,
    fc.tuple(fc.integer({ min: 0, max: PRICE_MICROS_MAX }), fc.integer({ min: 0, max: PRICE_MICROS_MAX })),
    fc.tuple(fc.integer({ min: 0, max: PRICE_MICROS_MAX }), fc.integer({ min: -2, max: 2 })),
  );

  test('is the one that bisection over the naive twin finds', () => {
    fc.assert(
      fc.property(wanted, ([{ document, priceMicros, attributes }, ends, [rivalMicros, offset]]) => {
        const profile = compiled(document);
        const rival = utilityOf(profile, rivalMicros, attributes);
        fc.pre(rival !== undefined);
        const target = rival + offset;
        const range = { lowestMicros: Math.min(...ends), highestMicros: Math.max(...ends) };
        const expected = bisected(profile, attributes, target, range);
        const scorer = new Scorer(profile, attributes.layout);
        expect(priceReaching(scorer, attributes.values, target, range)).toBe(expected);
        const utilityNanos = utilityOf(profile, priceMicros, attributes)!;
        expect(priceReachingFrom(scorer, { priceMicros, utilityNanos }, target, range)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('is none for a bid that lacks what it may not lack', () => {
    const profile = compiled({
      price: { weight: 1, value: { linear: { from: 0, to: 1 } } },
      attributes: { reach: { weight: 1, value: { step: { at: 1 } }, missing: 'refuse' } },
    });
    const range = { lowestMicros: 0, highestMicros: 1_000_000 };
    for (const layout of [['reach'], []]) {
      const scorer = new Scorer(profile, layout);
      expect(
        priceReaching(
          scorer,
          Float64Array.from(layout, () => NaN),
          0,
          range,
        ),
      ).toBeUndefined();
    }
  });
});

function bisected(
  profile: CompiledProfile,
  attributes: Attributes,
  target: number,
  { lowestMicros, highestMicros }: { lowestMicros: number; highestMicros: number },
): number | undefined {
  let [low, high] = [lowestMicros, highestMicros];
  if (utilityOf(profile, high, attributes)! < target) return undefined;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (utilityOf(profile, middle, attributes)! >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function aligned({ layout, values }: Attributes, columns: readonly string[]): Float64Array {
  return Float64Array.from(columns, (name) => values[layout.indexOf(name)] ?? NaN);
}

function batchUtilities(
  profile: CompiledProfile,
  layout: readonly string[],
  bids: readonly { readonly priceMicros: number }[],
  rows: readonly Float64Array[],
): number[] {
  const utilities = new Float64Array(bids.length);
  const pricesMicros = Float64Array.from(bids, ({ priceMicros }) => priceMicros);
  const attributes = Float64Array.from(rows.flatMap((each) => [...each]));
  new Scorer(profile, layout).score({ count: bids.length, pricesMicros, attributes }, utilities);
  return [...utilities];
}

function wholeNanos(decimal: number): bigint {
  const [, sign = '', units = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.toFixed(9)) ?? [];
  return BigInt(sign + units + fraction);
}
