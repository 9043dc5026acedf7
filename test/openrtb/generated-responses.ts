import fc from 'fast-check';
import type { NaiveBid, NaiveResponse } from './naive-auction.js';

/** Bids with few members each out of all that decide, now and then one that cannot be read. */

const MACROS =
  '${AUCTION_PRICE}|${AUCTION_MIN_TO_WIN}|${AUCTION_LOSS}|${AUCTION_MBR}|${AUCTION_CURRENCY}|${AUCTION_PRICE:B64}|' +
  '${AUCTION_SEAT_ID}|${AUCTION_AD_ID}|${AUCTION_IMP_ID}|${AUCTION_BID_ID}|${AUCTION_MULTIPLIER}|${AUCTION_IMP_TS}|${OTHER}';

const BID_IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'B', '10', '2', '~', '__proto__'];

const price = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0.9, 1, 1.01, 1.02, 2, 3) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.849999, 0.85, 1.0000005, 1.000001, 5) },
);
const size = fc.constantFrom(
  { w: 300, h: 250 },
  { w: 320, h: 180 },
  { w: 640, h: 360 },
  { w: 0, h: 0 },
  { wratio: 32, hratio: 18 },
);
const domains = ['shop.example', 'www.bad.example', 'TOYS.example', 'notbad.example', 'no domain'];

const FEATURES: readonly fc.Arbitrary<Partial<NaiveBid>>[] = [
  fc.record({ dealid: fc.constantFrom('d1', 'd1', 'd1', 'd1', 'd2', 'd2', 'd9', '') }),
  fc.record({ dealid: fc.constantFrom('d1', 'd2'), adomain: fc.subarray(domains, { maxLength: 2 }) }),
  fc.record({ dealid: fc.constantFrom('d1', 'd2'), dur: fc.constantFrom(10, 15, 20) }),
  fc.record({ adomain: fc.subarray(domains, { maxLength: 2 }) }),
  fc.record({ bundle: fc.constantFrom('com.bad', 'com.good') }),
  fc.record({ cat: fc.constantFrom(['IAB25-3'], ['IAB255'], ['IAB1-1'], ['IAB1', 'IAB25'], []) }),
  fc.record({ cat: fc.constantFrom(['IAB25'], ['IAB1-1']), cattax: fc.constantFrom(1, 2) }),
  fc.record({ attr: fc.constantFrom([1], [2], [3]) }),
  fc.record({ language: fc.constantFrom('en', 'fr', 'xx', 'DE') }),
  fc.record({ langb: fc.constantFrom('en-gb', 'en-US', 'fr') }),
  size,
  fc.record({ dur: fc.constantFrom(0, 5, 10, 15, 20, 30, 45, 61) }),
  fc.record({ mtype: fc.constantFrom(1, 2, 3, 4) }),
  fc.record({ crid: fc.constantFrom('c1', '') }),
  fc.record({ adid: fc.constant('ad') }),
  fc.record({ nurl: fc.constantFrom(`https://a.example/?${MACROS}`, 'http://a.example/') }),
  fc.record({ burl: fc.constant(MACROS) }),
  fc.record({
    adm: fc.constantFrom(`<a ${MACROS}>`, 'HTTP%3A%2f%2fa.example', 'http:\\/\\/a', 'http://www.w3.org/'),
  }),
  fc.record({ lurl: fc.constant(MACROS) }),
];

const BROKEN = fc.constantFrom<Partial<Record<keyof NaiveBid, unknown>>>(
  { price: null },
  { price: -1 },
  { price: '1' },
  { impid: 'ghost' },
);

const bid: fc.Arbitrary<NaiveBid> = fc
  .tuple(
    fc.record({
      id: fc.constantFrom(...BID_IDS),
      impid: fc.constantFrom('top', 'top', 'top', 'top', 'top', 'low'),
      price,
    }),
    fc.array(fc.oneof(...FEATURES), { maxLength: 3 }),
    fc.oneof({ weight: 19, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: BROKEN }),
  )
  .map(([base, drawn, broken]) => Object.assign({}, base, ...drawn, broken) as NaiveBid);

const seatbid = fc
  .tuple(
    fc.record(
      { seat: fc.constantFrom('alder', 'birch', 'cedar'), group: fc.constantFrom(0, 0, 0, 0, 1) },
      { requiredKeys: [] },
    ),
    fc.array(bid, { maxLength: 3 }),
  )
  .map(([rest, bids]) => ({ ...rest, bid: bids }));

const response: fc.Arbitrary<NaiveResponse> = fc
  .tuple(
    fc.constantFrom(...Array<string>(19).fill('r1'), 'r2'),
    fc.record(
      {
        cur: fc.constantFrom('USD', 'USD', 'EUR', 'EUR', 'USD', 'JPY', 'CHF', 'GBP'),
        bidid: fc.constant('resp'),
      },
      { requiredKeys: [] },
    ),
    fc.array(seatbid, { minLength: 1, maxLength: 2 }),
  )
  .map(([id, rest, seatbids]) => ({ id, ...rest, seatbid: seatbids }));

export const generatedResponses = fc.array(response, { maxLength: 4 });
