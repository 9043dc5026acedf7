import fc from 'fast-check';
import { PRICE_MAX } from '../../src/base/money.js';
import { ATTRIBUTE_MAX } from '../../src/schema/profile.js';

/** Documents of every kind, with bounds from a millionth up to the largest, and bids that land on and off corners. */

const NAMES = ['viewability', 'attention', 'carbon', 'latency', 'fraud.risk', 'reach'];

const fraction = fc.integer({ min: 0, max: 1_000_000 }).map((micros) => micros / 1e6);
const weight = fc.oneof(
  fraction.map((each) => each + 0.0001),
  fc.integer({ min: 1, max: 1000 }),
);

function inputs(lowest: number, highest: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: Math.max(Math.ceil(lowest), -100), max: 100 }),
    fc.double({ min: Math.max(lowest, -10), max: 10, noNaN: true }),
    fc.double({ min: lowest, max: highest, noNaN: true }),
    fc.constantFrom(lowest, highest, 0, 0.000001),
  );
}

const apart = (a: number, b: number) => Math.abs(a - b) >= 0.000002;

function pair(input: fc.Arbitrary<number>): fc.Arbitrary<{ from: number; to: number }> {
  return fc.record({ from: input, to: input }).filter(({ from, to }) => apart(from, to));
}

function points(input: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  return fc
    .uniqueArray(input, { minLength: 2, maxLength: 12, comparator: (a, b) => !apart(a, b) })
    .chain((xs) =>
      fc
        .array(fraction, { minLength: xs.length, maxLength: xs.length })
        .map((ys) => xs.toSorted((a, b) => a - b).map((x, index) => [x, ys[index]!])),
    );
}

const between = fc.constantFrom('linear', 'steps');
const positive = (highest: number) => inputs(0.000001, highest).filter((each) => each >= 0.000001);

const attributeInput = inputs(-ATTRIBUTE_MAX, ATTRIBUTE_MAX);
const attributeValue = fc.oneof(
  pair(attributeInput).map((linear) => ({ linear })),
  pair(positive(ATTRIBUTE_MAX)).map((log) => ({ log })),
  fc.record({ at: attributeInput, below: fraction, above: fraction }).map((step) => ({ step })),
  fc.record({ points: points(attributeInput), between }).map((table) => ({ table })),
  fc
    .record({ low: inputs(-1000, 1000), width: fraction, tolerance: fc.oneof(fraction, fc.constant(0)) })
    .map(({ low, width, tolerance }) => ({ target: { low, high: low + width, tolerance } })),
);

const priceInput = inputs(0, PRICE_MAX);
const rising = ({ from, to }: { from: number; to: number }) => ({
  from: Math.min(from, to),
  to: Math.max(from, to),
});
const priceValue = fc.oneof(
  pair(priceInput).map((linear) => ({ linear: rising(linear) })),
  pair(positive(PRICE_MAX)).map((log) => ({ log: rising(log) })),
  priceInput.map((at) => ({ step: { at } })),
  fc.record({ points: points(priceInput), between }).map((table) => ({
    table: { ...table, points: risingValues(table.points) },
  })),
);

function risingValues(unsorted: number[][]): number[][] {
  const values = unsorted.map(([, value]) => value!).sort((a, b) => a - b);
  return unsorted.map(([input], index) => [input!, values[index]!]);
}

const missing = fc.oneof(
  fc.constantFrom('zero', 'refuse'),
  attributeInput.map((value) => ({ value })),
);

export const generatedDocument = fc.record(
  {
    normalise: fc.constantFrom('sum', 'none'),
    price: fc.record({ weight, value: priceValue }),
    attributes: fc.dictionary(
      fc.constantFrom(...NAMES),
      fc.record({ weight, value: attributeValue, missing }, { requiredKeys: ['weight', 'value'] }),
    ),
    risk: fc.record(
      { lambda: fc.integer({ min: 0, max: 1000 }), spread: fc.constantFrom('sigma', ...NAMES), missing },
      { requiredKeys: ['lambda', 'spread'] },
    ),
  },
  { requiredKeys: ['price', 'attributes'] },
);

/** The bounds a document names are where a reading goes wrong first, so bids are drawn near them. */
export function generatedBid(document: unknown) {
  const corners = numbersOf(document);
  const nearCorner = fc
    .tuple(fc.constantFrom(0, ...corners), fc.constantFrom(-0.000001, -0.0000005, 0, 0.0000005, 0.000001))
    .map(([corner, offset]) => corner + offset);
  const declared = fc.oneof(attributeInput, nearCorner, fc.constantFrom(NaN, Infinity, -Infinity, -0));
  const price = fc.oneof(
    priceInput,
    nearCorner.map((each) => Math.min(Math.max(each, 0), PRICE_MAX)),
  );
  return fc.record({
    priceMicros: price.map((each) => Math.min(Math.round(each * 1e6), PRICE_MAX * 1e6)),
    attributes: fc
      .shuffledSubarray([...NAMES, 'sigma', 'unread'])
      .chain((layout) =>
        fc
          .array(declared, { minLength: layout.length, maxLength: layout.length })
          .map((values) => ({ layout, values: Float64Array.from(values) })),
      ),
  });
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

export const generatedScoring = generatedDocument.chain((document) =>
  generatedBid(document).map((bid) => ({ document, ...bid })),
);
