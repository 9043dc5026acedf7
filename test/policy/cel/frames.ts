import fc from 'fast-check';
import { PRICE_MAX, toMicros } from '../../../src/base/money.js';
import { placesOf } from '../../../src/policy/attribute-places.js';
import type { CelFrame } from '../../../src/policy/cel/frame.js';

/** Bids, lots and rounds as rules see them, small enough that generated rules are often met and often not. */
export const LAYOUT = ['viewability', 'latency', 'brand-safety'];
export const PLACES = placesOf(LAYOUT);

/** What a case has to say about a bid; everything else is as `frameOf` fills it in. */
export interface Situation {
  readonly price?: number;
  readonly quantity?: number;
  readonly seat?: string;
  readonly seller?: string;
  readonly deal?: string;
  readonly domains?: readonly string[];
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, number>>;
  readonly floor?: number;
}

export function frameOf(situation: Situation = {}): CelFrame {
  const attributes = LAYOUT.map((name) => situation.attributes?.[name] ?? NaN);
  return {
    subject: {
      seat: situation.seat ?? 'seat-1',
      seller: situation.seller,
      dealId: situation.deal,
      lotId: 'lot-1',
      priceMicros: Math.round((situation.price ?? 1) * 1e6),
      quantity: situation.quantity ?? 1,
      domains: situation.domains ?? [],
      categories: situation.categories ?? [],
      attributes: Float64Array.from(attributes),
    },
    lot: { id: 'lot-1', floorMicros: Math.round((situation.floor ?? 0) * 1e6), quantity: 3 },
    round: { id: 'round-1', format: 'first-price', currency: 'USD', bids: 20 },
  };
}

export const TEXTS = ['', 'a', 'ab', 'b', 'a.example', 'IAB7', 'IAB7-1', 'first-price'];
const text = fc.constantFrom(...TEXTS);
const someTexts = fc.array(text, { maxLength: 3 });
const optionalText = fc.option(text, { nil: undefined });
const attribute = fc.oneof(fc.constantFrom(0, 0.5, 1, 5.1, -2, NaN), fc.double({ noDefaultInfinity: true }));

const micros = fc.oneof(
  fc.constantFrom(0, 1, 500_000, 1_000_000, 5_100_000, 5_100_001, 5_099_999),
  fc.integer({ min: 0, max: 20_000_000 }),
  // Where doubles stand further apart than micros, an amount is what a double of the wire comes to.
  fc.double({ min: 2 ** 33, max: PRICE_MAX, noNaN: true }).map(toMicros),
);

export const frames: fc.Arbitrary<CelFrame> = fc.record({
  subject: fc.record({
    seat: text,
    seller: optionalText,
    dealId: optionalText,
    lotId: text,
    priceMicros: micros,
    quantity: fc.integer({ min: 1, max: 4 }),
    domains: someTexts,
    categories: someTexts,
    attributes: fc.tuple(attribute, attribute, attribute).map((values) => Float64Array.from(values)),
  }),
  lot: fc.record({ id: text, floorMicros: micros, quantity: fc.integer({ min: 1, max: 4 }) }),
  round: fc.record({
    id: optionalText,
    format: text,
    currency: fc.constantFrom('USD', 'EUR'),
    bids: fc.integer({ min: 0, max: 3 }),
  }),
});
