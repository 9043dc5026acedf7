import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import type { OpenRtbAnswer } from '../../src/schema/openrtb/clear-answer.js';
import { canonicalJson } from '../trail/canonical-json.js';

/** Whatever somebody sends is refused with a code or decided, every bid once; nothing breaks. */

const clearer = new RoundClearer({
  limits: DEFAULT_ROUND_LIMITS,
  tieKey: new Uint8Array(32),
  retention: 'full',
  openRtb: { rates: { id: 'r1', base: 'EUR', rates: { USD: '1.05' } }, required: ['crid', 'size', 'dur'] },
});

const AUCTION = {
  request: {
    id: 'r1',
    at: 2,
    imp: [
      {
        id: 'top',
        banner: {
          format: [
            { w: 300, h: 250 },
            { wratio: 4, hratio: 3, wmin: 100 },
          ],
          battr: [1],
        },
        video: {
          mimes: ['video/mp4'],
          w: 640,
          h: 480,
          minduration: 5,
          maxduration: 30,
          durfloors: [{ maxdur: 15, bidfloor: 2 }],
        },
        bidfloor: 0.5,
        bidfloorcur: 'EUR',
        secure: 1,
        pmp: {
          private_auction: 0,
          deals: [
            { id: 'd1', bidfloor: 1, at: 3, wseat: ['alder'], wadomain: ['shop.example'], mincpmpersec: 0.1 },
          ],
        },
        qty: { multiplier: 2 },
      },
      { id: 'low', native: { request: '{}' }, bidfloor: 0.2 },
    ],
    cur: ['USD', 'EUR'],
    wseat: ['alder', 'birch'],
    bseat: ['cedar'],
    badv: ['bad.example'],
    bcat: ['IAB25'],
    acat: ['IAB1', 'IAB2'],
    bapp: ['com.bad'],
    wlang: ['en'],
    site: { publisher: { id: 'p1' } },
    ext: {
      parley: {
        explain: true,
        increment: 0.02,
        attributes: { viewability: '/ext/viewability' },
        policies: [{ rules: [{ id: 'seen', kind: 'attribute-range', attribute: 'viewability', min: 0.1 }] }],
      },
    },
  },
  responses: [
    {
      id: 'r1',
      bidid: 'x',
      cur: 'EUR',
      seatbid: [
        {
          seat: 'alder',
          bid: [
            {
              id: '1',
              impid: 'top',
              price: 3,
              dealid: 'd1',
              adomain: ['shop.example'],
              cat: ['IAB1-2'],
              crid: 'c',
              w: 300,
              h: 250,
              dur: 10,
              mtype: 1,
              attr: [2],
              language: 'en',
              nurl: 'https://n/?${AUCTION_PRICE}',
              ext: { viewability: 0.5 },
            },
            {
              id: '2',
              impid: 'low',
              price: 1,
              crid: 'c',
              cat: ['IAB2'],
              adm: '<b>',
              lurl: 'https://l/?${AUCTION_LOSS}',
            },
          ],
        },
      ],
    },
    {
      id: 'r1',
      seatbid: [
        {
          seat: 'birch',
          group: 0,
          bid: [
            {
              id: '1',
              impid: 'top',
              price: 2.5,
              bundle: 'com.good',
              crid: 7,
              dur: 20,
              w: 640,
              h: 480,
              mtype: 2,
            },
          ],
        },
      ],
    },
  ],
};

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e300,
    1e-9,
    9e15,
    true,
    [],
    {},
    [null],
    [{}],
    'NaN',
    '\ud800',
    'a'.repeat(300),
    'toString',
    'hasOwnProperty',
    [1, 'x'],
    { id: 'r1' },
  ),
  fc.jsonValue(),
);
const change = fc.record({ path: fc.constantFrom(...pathsOf(AUCTION)), value: odd, removes: fc.boolean() });

function changed(changes: readonly { path: Path; value: unknown; removes: boolean }[]): unknown {
  const auction: unknown = structuredClone(AUCTION);
  for (const { path, value, removes } of changes) {
    const parent = path.slice(0, -1).reduce<unknown>((at, step) => member(at, step), auction);
    if (typeof parent !== 'object' || parent === null) continue;
    if (removes && !Array.isArray(parent)) Reflect.deleteProperty(parent, path.at(-1)!);
    else Reflect.set(parent, path.at(-1)!, value);
  }
  return auction;
}

function member(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

test('whatever stands in a request, it is refused with a code or every bid of it ends once', () => {
  const ends = { refused: 0, decided: 0 };
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const auction = changed(changes);
      const bytes = Buffer.from(JSON.stringify(auction));
      const clearing = clearer.clearOpenRtb(bytes, { fallbackId: 'x', atMs: 1, waitedMs: 0 });
      if ('refusal' in clearing) {
        expect(ERRORS[clearing.refusal.code].status).toBe(422);
        ends.refused++;
        return;
      }
      const { answer, record } = clearing.cleared;
      expect(endingsIn(JSON.parse(answer) as OpenRtbAnswer)).toBe(bidsIn(auction));
      expect(answer).toMatch(/^[\x20-\x7e]*$/);
      expect(record).toBe(canonicalJson(JSON.parse(record)));
      ends.decided++;
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(ends.refused, ends.decided)).toBeGreaterThan(100);
});

function endingsIn({ seatbid = [], ext }: OpenRtbAnswer): number {
  return seatbid.reduce((sum, { bid }) => sum + bid.length, 0) + ext.parley.losses.length;
}

/** What cannot be read as a group of bids ends as one. */
function bidsIn(auction: unknown): number {
  const responses = member(auction, 'responses') as readonly unknown[];
  const groups = responses.flatMap((response): unknown[] => {
    const seatbid = member(response, 'seatbid') ?? [];
    return Array.isArray(seatbid) ? seatbid : ['unreadable'];
  });
  return groups.reduce<number>((sum, group) => {
    const bids = member(group, 'bid');
    return sum + (Array.isArray(bids) ? bids.length : 1);
  }, 0);
}
