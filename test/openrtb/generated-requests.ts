import fc from 'fast-check';
import type { NaiveAuction, NaiveDeal, NaiveImpression, NaiveRequest } from './naive-auction.js';
import { generatedResponses } from './generated-responses.js';

/**
 * Auctions in which everything happens at once: two impressions, three seats, few prices, few names, and of everything that
 * may be asked for a few at a time, so that bids meet rules often and still get past them.
 */

const RATES = { id: 'generated', base: 'EUR', rates: { USD: '1.25', GBP: '0.8', JPY: '3' } };
const DOMAINS = ['shop.example', 'Bad.example', 'toys.example'];

/** A thing with a few members out of many: each member is drawn from those that the list names. */
export function someOf<T>(
  features: readonly fc.Arbitrary<Partial<T>>[],
  max: number,
): fc.Arbitrary<Partial<T>> {
  return fc
    .array(fc.oneof(...features), { maxLength: max })
    .map((drawn): Partial<T> => Object.assign({}, ...drawn) as Partial<T>);
}

const floor = fc.constantFrom(0, 0.5, 0.85, 0.9, 1, 1.01, 2);
const currency = fc.constantFrom('USD', 'EUR', 'GBP', 'JPY');
const seats = fc.subarray(['alder', 'birch', 'cedar'], { minLength: 2 });
const battr = fc.constantFrom([1], [2], [1, 2]);
const durfloors = fc.array(
  fc.record(
    { mindur: fc.constantFrom(0, 10, 16), maxdur: fc.constantFrom(15, 30), bidfloor: floor },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 3 },
);
const perSecond = fc.constantFrom(0.02, 0.05, 0.1);
const format = fc.constantFrom(
  { w: 300, h: 250 },
  { w: 320, h: 180 },
  { wratio: 16, hratio: 9 },
  { wratio: 16, hratio: 9, wmin: 400 },
);
const banner = fc.record(
  {
    format: fc.array(format, { maxLength: 2 }),
    battr,
  },
  { requiredKeys: [] },
);
/** Every one has an end, so that what is asked for by the second is limited. */
const timed = fc
  .record(
    {
      rqddurs: fc.constantFrom([15], [15, 30]),
      minduration: fc.constantFrom(10, 15),
      maxextended: fc.constantFrom(-1, 0, 15),
      poddur: fc.constantFrom(15, 20, 60),
      mincpmpersec: perSecond,
      durfloors,
      battr,
    },
    { requiredKeys: [] },
  )
  .map(({ maxextended, poddur, ...rest }) => ({
    ...rest,
    maxduration: 30,
    ...(maxextended !== undefined && { maxextended }),
    ...(poddur !== undefined && { poddur }),
    ...(maxextended === -1 && { poddur: poddur ?? 60 }),
  }));
const player = fc
  .tuple(timed, fc.constantFrom({}, { w: 640, h: 360 }, { w: 320, h: 180 }))
  .map(([offer, size]) => ({ ...offer, ...size }));

const deal: fc.Arbitrary<NaiveDeal> = fc
  .tuple(
    fc.constantFrom('d1', 'd2'),
    someOf<NaiveDeal>(
      [
        fc.record({ bidfloor: floor }),
        fc.record({ bidfloor: floor, bidfloorcur: currency }),
        fc.record({ at: fc.constantFrom(1 as const, 2 as const, 3 as const) }),
        fc.record({ wseat: seats }),
        fc.record({ wadomain: fc.subarray(DOMAINS) }),
        fc.record({ mincpmpersec: perSecond }),
        fc.record({ durfloors }),
      ],
      3,
    ),
  )
  .map(([id, rest]) => ({ id, ...rest }));
const deals = fc.uniqueArray(deal, { selector: ({ id }) => id, minLength: 2, maxLength: 2 });

function impression(id: string): fc.Arbitrary<NaiveImpression> {
  const features = [
    fc.record({ banner }),
    fc.record({ video: player }),
    fc.record({ audio: timed }),
    fc.record({ native: fc.record({ battr }, { requiredKeys: [] }) }),
    fc.record({ bidfloor: floor }),
    fc.record({ bidfloor: floor, bidfloorcur: currency }),
    fc.record({ secure: fc.constantFrom(0, 1, true, false) }),
    fc.record({ qty: fc.record({ multiplier: fc.constantFrom(1, 2.5) }) }),
    fc.record({ pmp: fc.record({ deals }) }),
    fc.record({ pmp: fc.record({ deals }) }),
    fc.record({ pmp: fc.record({ private_auction: fc.constantFrom(0, 1), deals }) }),
  ];
  return someOf<NaiveImpression>(features, 5).map((rest) => ({ id, ...rest }));
}

const categories = fc.constantFrom(['IAB25'], ['IAB1', 'IAB25-3'], ['IAB1'], []);
const features: readonly fc.Arbitrary<Partial<NaiveRequest>>[] = [
  fc.record({ bcat: categories }),
  fc.record({ bcat: categories, cattax: fc.constantFrom(1, 2) }),
  fc.record({ acat: categories }),
  fc.record({ badv: fc.constantFrom(['bad.example'], ['EXAMPLE'], []) }),
  fc.record({ bapp: fc.constant(['com.bad']) }),
  fc.record({ wlang: fc.constantFrom(['en'], ['EN', 'de'], []) }),
  fc.record({ wlangb: fc.constantFrom(['en-GB'], ['en']) }),
  fc.record({ wseat: seats }),
  fc.record({ bseat: fc.constantFrom(['alder'], ['cedar'], []) }),
  fc.record({ at: fc.constantFrom(1 as const, 2 as const) }),
  fc.record({
    cur: fc.constantFrom(['EUR', 'USD'], ['GBP', 'JPY', 'CHF', 'USD'], ['USD', 'EUR', 'CHF'], ['USD']),
  }),
  fc.record({ ext: fc.record({ parley: fc.record({ increment: fc.constantFrom(0, 0.01, 0.5) }) }) }),
];
const request: fc.Arbitrary<NaiveRequest> = fc
  .tuple(
    fc.oneof(fc.tuple(impression('top')), fc.tuple(impression('top'), impression('low'))),
    someOf<NaiveRequest>(features, 3),
  )
  .map(([imp, rest]) => ({ id: 'r1', imp, ...rest }));

const required = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.subarray(['crid', 'markup', 'adomain', 'mtype', 'size', 'dur'] as const, {
      minLength: 1,
      maxLength: 2,
    }),
  },
);

export const generatedAuction: fc.Arbitrary<NaiveAuction> = fc.record({
  options: required.map((names) => ({ rates: RATES, required: names })),
  request,
  responses: generatedResponses,
});
