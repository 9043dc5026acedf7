import fc from 'fast-check';
import type { NaiveBid, NaiveDeal, NaiveLot, NaiveRound } from '../auction/naive-round.js';

/**
 * Rounds in which everything happens at once: amounts come from short lists, so that prices meet each other, floors,
 * reserves and each other's increments; deals are few, seats and domains fewer, units and slots scarce.
 */
type Format = NaiveRound['format'];

const FORMATS = ['first-price', 'second-price', 'fixed-price', 'uniform-price', 'gsp', 'vcg'] as const;
const LOT_IDS = ['homepage', 'Article', 'article"2'];
const BID_IDS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'B',
  '10',
  '2',
  'b10',
  'b2',
  'q"',
  's\\',
  '~',
  '__proto__',
];
const DEAL_IDS = ['d1', 'd2', 'D1'];
const SEATS = ['alder', 'birch', 'cedar'];
const DOMAINS = ['shop.example', 'www.shop.example', 'WWW.Shop.example', 'badshop.example', 'other.example'];

const minimum = fc.constantFrom(0, 0.5, 0.85, 0.9, 1, 1.01);
const price = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0.9, 0.91, 1, 1.01, 1.02) },
  { weight: 3, arbitrary: fc.constantFrom(0, 0.5, 0.85, 1.0000005, 1.000001, 1.0000015, 3, 9_000_000_000) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 2, noNaN: true }) },
);
const quantity = fc.integer({ min: 1, max: 4 });
const slots = fc
  .array(fc.constantFrom(1, 0.6, 0.35, 0.333333, 0.000001, 7), { minLength: 1, maxLength: 4 })
  .map((weights) => weights.sort((a, b) => b - a));
const dealFormat = fc.constantFrom('first-price', 'second-price', 'fixed-price');
const openDeal = fc.record(
  { id: fc.constantFrom(...DEAL_IDS), floor: minimum, format: dealFormat },
  { requiredKeys: ['id'] },
);
const closedDeal = fc.record(
  {
    id: fc.constantFrom(...DEAL_IDS),
    floor: minimum,
    format: dealFormat,
    seats: fc.subarray(SEATS),
    domains: fc.subarray(DOMAINS),
  },
  { requiredKeys: ['id'] },
);
const deals: fc.Arbitrary<NaiveDeal[]> = fc.uniqueArray(fc.oneof(openDeal, closedDeal), {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 3,
});

export const generatedRound = roundsOf(FORMATS, { lotsMax: 2, bidsMin: 0 });

/** Rounds in which seats meet on several lots; half of them have a format that ranks by utility, too. */
export const crowdedRound = roundsOf([...FORMATS, 'first-price', 'second-price', 'second-price'], {
  lotsMax: 3,
  bidsMin: 5,
});

function roundsOf(formats: readonly Format[], sizes: { lotsMax: number; bidsMin: number }) {
  return fc
    .constantFrom(...formats)
    .chain((format) =>
      fc
        .uniqueArray(lotOf(format), { selector: ({ id }) => id, minLength: 1, maxLength: sizes.lotsMax })
        .chain((lots) => roundOf(format, lots, sizes.bidsMin)),
    );
}

function roundOf(format: Format, lots: NaiveLot[], bidsMin: number): fc.Arbitrary<NaiveRound> {
  return fc.record(
    {
      id: fc.constantFrom('r1', 'r2', '1:r', 'r"'),
      format: fc.constant(format),
      currency: fc.constant('USD'),
      increment: fc.constantFrom(0, 0.01, 0.000001, 0.5),
      lots: fc.constant(lots),
      bids: fc.uniqueArray(
        fc.constantFrom(...lots).chain((lot) => bidOf(format, lot)),
        {
          selector: ({ id }) => id,
          minLength: bidsMin,
          maxLength: 12,
        },
      ),
    },
    { requiredKeys: ['id', 'format', 'currency', 'lots', 'bids'] },
  );
}

function lotOf(format: Format): fc.Arbitrary<NaiveLot> {
  const lot = fc.record(
    {
      id: fc.constantFrom(...LOT_IDS),
      floor: minimum,
      reserve: minimum,
      quantity,
      slots,
      privateAuction: fc.constantFrom(true, false, false, false),
      deals,
    },
    { requiredKeys: ['id'] },
  );
  return lot.map((drawn) => withFittingDeals(keepFitting(format, drawn)));
}

function bidOf(format: Format, lot: NaiveLot): fc.Arbitrary<NaiveBid> {
  const offered = (lot.deals ?? []).map(({ id }) => id);
  const open = {
    id: fc.constantFrom(...BID_IDS),
    seat: fc.constantFrom(...SEATS),
    lot: fc.constant(lot.id),
    price,
    quantity,
  };
  const dealt = {
    ...open,
    deal: fc.constantFrom('d9', ...offered, ...offered, ...offered),
    domains: fc.subarray(DOMAINS, { maxLength: 2 }),
  };
  return fc
    .oneof(
      fc.record(open, { requiredKeys: ['id', 'seat', 'lot', 'price'] }),
      fc.record(dealt, { requiredKeys: ['id', 'seat', 'lot', 'price', 'deal'] }),
    )
    .map((bid) => keepFitting(format, bid));
}

/** Leaves out what the format refuses: units, slots and deals each go with some formats only. */
function keepFitting<T extends NaiveLot | NaiveBid>(format: Format, part: T): T {
  const fitting = { ...part };
  if (format !== 'first-price' && format !== 'uniform-price') delete fitting.quantity;
  if (format !== 'gsp' && format !== 'vcg' && 'slots' in fitting) delete fitting.slots;
  if (format === 'uniform-price' || format === 'gsp' || format === 'vcg') {
    if ('deals' in fitting) delete fitting.deals;
    if ('deal' in fitting) delete fitting.deal;
  }
  return fitting;
}

/** A lot of several units offers first-price deals only. */
function withFittingDeals(lot: NaiveLot): NaiveLot {
  if (lot.deals === undefined || (lot.quantity ?? 1) === 1) return lot;
  return { ...lot, deals: lot.deals.filter(({ format = 'first-price' }) => format === 'first-price') };
}
