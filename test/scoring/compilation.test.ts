import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEIGHT_MAX } from '../../src/schema/profile.js';
import { compileProfile } from '../../src/scoring/compile-profile.js';
import { attributeNames } from '../../src/scoring/compiled-profile.js';
import { Scorer } from '../../src/scoring/fast.js';
import { contributionAt } from '../../src/scoring/naive.js';
import { nanosToDecimal } from '../../src/scoring/units.js';
import { generatedDocument } from './generated-profiles.js';
import { compiled } from './twins.js';

describe('a compiled profile', () => {
  test('is the same each time, whatever the order of members', () => {
    fc.assert(
      fc.property(generatedDocument, (document) => {
        const attributes = Object.fromEntries(Object.entries(document.attributes).reverse());
        expect(compiled({ ...document, attributes })).toEqual(compiled(document));
      }),
    );
  });

  test('holds whole numbers that are exact, and no more corners than a table may have', () => {
    fc.assert(
      fc.property(generatedDocument, (document) => {
        const { price, attributes, risk } = compiled(document);
        for (const term of [price, risk, ...attributes]) {
          if (term === undefined) continue;
          const { inputs, nanos } = term.table;
          expect([...inputs, ...nanos].every(Number.isSafeInteger)).toBe(true);
          expect(inputs.length).toBeLessThanOrEqual(512);
        }
      }),
    );
  });

  test('has weights that add up to exactly one', () => {
    fc.assert(
      fc.property(generatedDocument, (document) => {
        const { price, attributes } = compiled({ ...document, normalise: 'sum' });
        const sum = attributes.reduce((total, { weightNanos }) => total + weightNanos, price!.weightNanos);
        expect(sum).toBe(1_000_000_000);
      }),
    );
  });

  test('names the attributes it reads, each once', () => {
    const value = { step: { at: 1 } };
    const attributes = { viewability: { weight: 1, value }, attention: { weight: 1, value } };
    expect(attributeNames(compiled({ attributes, risk: { lambda: 1, spread: 'attention' } }))).toEqual([
      'attention',
      'viewability',
    ]);
    expect(attributeNames(compiled({ attributes, risk: { lambda: 1, spread: 'deviation' } }))).toEqual([
      'attention',
      'deviation',
      'viewability',
    ]);
  });

  test('follows a logarithm within 0.0002 of its rise, over any range', () => {
    const ranges = [
      [1, 1000],
      [0.01, 50],
      [0.000001, 4_000_000_000],
      [1_000_000, 1],
    ] as const;
    for (const [from, to] of ranges) {
      const { table } = compiled({ attributes: { x: { weight: 1, value: { log: { from, to } } } } })
        .attributes[0]!;
      for (let place = 0; place <= 5000; place++) {
        const micros = Math.round(from * 1e6 * Math.pow(to / from, place / 5000));
        const wanted = Math.log(micros / (from * 1e6)) / Math.log(to / from);
        expect(Math.abs(contributionAt(table, micros) / 1e9 - wanted)).toBeLessThan(0.0002);
      }
    }
  });
});

describe('a stored table that was tampered with', () => {
  const { price } = compiled({ price: { weight: 1, value: { linear: { from: 0, to: 1 } } } });
  const scorerOf = (table: { inputs: number[]; nanos: number[] }) =>
    new Scorer({ tables: 1, price: { ...price!, table }, attributes: [] }, []);

  test.each([
    ['has no corners', { inputs: [], nanos: [] }],
    ['lacks a height', { inputs: [0, 1], nanos: [0] }],
    ['holds a fraction', { inputs: [0, 1], nanos: [0, 0.5] }],
    ['runs backwards', { inputs: [1, 0], nanos: [0, 1] }],
  ])('is not read when it %s', (_fault, table) => {
    expect(() => scorerOf(table)).toThrow();
  });
});

describe('a hostile document', () => {
  test('of any shape is refused, with places to look at, or compiled', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (document) => {
        const compilation = compileProfile(document);
        if ('faults' in compilation) expect(compilation.faults.length).toBeGreaterThan(0);
      }),
    );
  });

  test('with endless faults gets a short answer', () => {
    const points = Array.from({ length: 100 }, () => [0, 2]);
    const compilation = compileProfile({ attributes: { x: { weight: 1, value: { table: { points } } } } });
    expect('faults' in compilation && compilation.faults.length).toBe(20);
    const attributes = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, 0]));
    expect(compileProfile({ attributes })).toHaveProperty('faults.length', 20);
  });

  test('cannot name what objects inherit', () => {
    const value = { step: { at: 1 } };
    const weird = JSON.parse(
      `{"attributes":{"__proto__":{"weight":1,"value":{"step":{"at":1}}}}}`,
    ) as unknown;
    expect(compileProfile(weird)).toHaveProperty('faults');
    const profile = compiled({ attributes: { constructor: { weight: 1, value } } });
    expect(attributeNames(profile)).toEqual(['constructor']);
  });

  test('that is not finite is refused', () => {
    for (const weight of [NaN, Infinity, WEIGHT_MAX + 1, -0]) {
      expect(compileProfile({ price: { weight, value: { step: { at: 1 } } } })).toHaveProperty('faults');
    }
  });
});

test('a utility is written without loss, also below zero', () => {
  expect([0, 1, -1, 500_000_000, -1_250_000_000, 10_000_000_000].map(nanosToDecimal)).toEqual([
    '0',
    '0.000000001',
    '-0.000000001',
    '0.5',
    '-1.25',
    '10',
  ]);
});
