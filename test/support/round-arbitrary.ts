import fc from 'fast-check';
import type { RoundRequest } from '../../src/schema/round.js';

/** Ids that a careless reader would trip over: numbers in disguise, names every object has, quotes. */
const BID_IDS = ['b', '10', '9', '__proto__', 'constructor', 'a"b', 'a\\b', '~/0', 'z'.repeat(128)].concat(
  Array.from({ length: 12 }, (_, at) => `b${at}`),
);
const LOT_IDS = ['homepage', '2', '10', 'toString'];
const DEAL_IDS = ['d1', 'd2', '__proto__'];
/** Few prices, so that many bids tie. */
const PRICES = [0, 0.000_001, 0.5, 0.75, 1, 1.000_000_5, 2, 9_000_000_000];

const PRICE = fc.constantFrom(...PRICES);
const FORMAT = fc.constantFrom('first-price', 'second-price', 'fixed-price', 'uniform-price', 'gsp', 'vcg');

/** Rounds that clear, of every format and with every feature it has; the id is always there. */
export const ROUND: fc.Arbitrary<RoundRequest> = FORMAT.chain((format) => {
  const sellsUnits = format === 'first-price' || format === 'uniform-price';
  const sellsSlots = format === 'gsp' || format === 'vcg';
  const takesDeals = ['first-price', 'second-price', 'fixed-price'].includes(format);
  const quantity = sellsUnits ? fc.integer({ min: 1, max: 3 }) : fc.constant(1);
  const bids = fc.uniqueArray(fc.constantFrom(...BID_IDS), { maxLength: 12 });
  return fc
    .record({
      id: fc.constantFrom('r1', 'r2', '__proto__'),
      format: fc.constant(format),
      currency: fc.constantFrom('USD', 'EUR'),
      increment: PRICE,
      explain: fc.boolean(),
      lots: fc
        .uniqueArray(fc.constantFrom(...LOT_IDS), { minLength: 1, maxLength: 3 })
        .chain((ids) => fc.tuple(...ids.map((id) => lotOf(id, { quantity, sellsSlots, takesDeals })))),
      bids: bids.chain((ids) => fc.tuple(...ids.map((id) => bidOf(id, quantity, takesDeals)))),
    })
    .map((round) => JSON.parse(JSON.stringify(withKnownLots(round))) as RoundRequest);
});

interface LotFeatures {
  readonly quantity: fc.Arbitrary<number>;
  readonly sellsSlots: boolean;
  readonly takesDeals: boolean;
}

function lotOf(id: string, { quantity, sellsSlots, takesDeals }: LotFeatures) {
  return fc.record(
    {
      id: fc.constant(id),
      floor: PRICE,
      reserve: PRICE,
      quantity,
      ...(sellsSlots ? { slots: fc.constantFrom([1], [1, 0.6], [1, 0.6, 0.25, 0.25]) } : {}),
      ...(takesDeals ? { privateAuction: fc.boolean(), deals: dealsOf() } : {}),
    },
    { requiredKeys: ['id'] },
  );
}

function dealsOf() {
  const deal = (id: string) =>
    fc.record(
      {
        id: fc.constant(id),
        floor: PRICE,
        format: fc.constant('first-price'),
        seats: fc.constant(['s1', 's2']),
        domains: fc.constant(['example.com', 'example.org']),
      },
      { requiredKeys: ['id'] },
    );
  return fc
    .uniqueArray(fc.constantFrom(...DEAL_IDS), { maxLength: 3 })
    .chain((ids) => fc.tuple(...ids.map(deal)));
}

function bidOf(id: string, quantity: fc.Arbitrary<number>, takesDeals: boolean) {
  return fc.record(
    {
      id: fc.constant(id),
      seat: fc.constantFrom('s1', 's2', 's3'),
      lot: fc.constantFrom(...LOT_IDS),
      price: PRICE,
      quantity,
      ...(takesDeals ? { deal: fc.constantFrom(...DEAL_IDS, 'unheard-of') } : {}),
      domains: fc.constantFrom(['shop.example.com'], ['example.net', 'example.edu'], []),
    },
    { requiredKeys: ['id', 'seat', 'lot', 'price'] },
  );
}

/** Bids name any lot; those that the round does not sell are moved to its first one. */
function withKnownLots<Round extends { lots: { id: string }[]; bids: { lot: string }[] }>(
  round: Round,
): Round {
  const sold = new Set(round.lots.map(({ id }) => id));
  const bids = round.bids.map((bid) => (sold.has(bid.lot) ? bid : { ...bid, lot: round.lots[0]!.id }));
  return { ...round, bids };
}
