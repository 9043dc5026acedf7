import type { Expected } from '../support/envelope.js';
import { goodRound, manyBids } from '../support/rounds.js';

/** JSON that is not a round: the case says what is wrong and which field the refusal has to name. */
export interface BadRound extends Expected {
  readonly says: string;
  readonly round: unknown;
}

type Fields = Readonly<Record<string, unknown>>;
type Row = readonly [says: string, round: unknown, path: string];

const PRICE = '/bids/1/price';
const OVERFLOWING = '1e999';

const PRICES: readonly Row[] = [
  ['a missing price', withBid({ price: undefined }), PRICE],
  ['a price of null', withBid({ price: null }), PRICE],
  ['a price as text', withBid({ price: '0.9' }), PRICE],
  ['a price of true', withBid({ price: true }), PRICE],
  ['a price in an array', withBid({ price: [0.9] }), PRICE],
  ['a negative price', withBid({ price: -1 }), PRICE],
  ['a price a hair below zero', withBid({ price: -0.000_001 }), PRICE],
  ['a price just above the highest', withBid({ price: 9_000_000_000.01 }), PRICE],
  ['the largest double as a price', withBid({ price: Number.MAX_VALUE }), PRICE],
  ['a price that overflows a double', literally(withBid({ price: OVERFLOWING })), PRICE],
  ['a price that overflows downwards', literally(withBid({ price: `-${OVERFLOWING}` })), PRICE],
  ['a negative floor', withLot({ floor: -1 }), '/lots/0/floor'],
  ['a floor as text', withLot({ floor: '1' }), '/lots/0/floor'],
  ['a floor that overflows', literally(withLot({ floor: OVERFLOWING })), '/lots/0/floor'],
  ['a negative reserve', withLot({ reserve: -0.01 }), '/lots/0/reserve'],
  ['a reserve that overflows', withLot({ reserve: 1e300 }), '/lots/0/reserve'],
  ['a negative floor of a deal', withLot({ deals: [{ id: 'd', floor: -1 }] }), '/lots/0/deals/0/floor'],
  ['a negative increment', withRound({ increment: -0.01 }), '/increment'],
  ['an increment as text', withRound({ increment: '0.01' }), '/increment'],
];

const QUANTITIES: readonly Row[] = [
  ['a fraction of a unit in a bid', withBid({ quantity: 1.5 }), '/bids/1/quantity'],
  ['no unit in a bid', withBid({ quantity: 0 }), '/bids/1/quantity'],
  ['fewer units than none', withBid({ quantity: -1 }), '/bids/1/quantity'],
  ['units as text', withBid({ quantity: '1' }), '/bids/1/quantity'],
  ['more units than the limit', withBid({ quantity: 1_000_001 }), '/bids/1/quantity'],
  ['a fraction of a unit for sale', withLot({ quantity: 2.000_001 }), '/lots/0/quantity'],
  ['no unit for sale', withLot({ quantity: 0 }), '/lots/0/quantity'],
];

const SLOTS: readonly Row[] = [
  ['no slots', withSlots([]), '/lots/0/slots'],
  ['a slot that rises', withSlots([1, 0.5, 0.6]), '/lots/0/slots/2'],
  ['a slot without weight', withSlots([1, 0]), '/lots/0/slots/1'],
  ['a negative slot', withSlots([1, -0.5]), '/lots/0/slots/1'],
  ['a slot as text', withSlots(['1']), '/lots/0/slots/0'],
  ['slots that are no array', withSlots(3), '/lots/0/slots'],
  ['more slots than the limit', withSlots(Array<number>(101).fill(1)), '/lots/0/slots'],
];

const IDS: readonly Row[] = [
  ['an empty id', withBid({ id: '' }), '/bids/1/id'],
  ['an id of 129 characters', withBid({ id: 'x'.repeat(129) }), '/bids/1/id'],
  ['an id with a space', withBid({ id: 'b 2' }), '/bids/1/id'],
  ['an id that ends in a line break', withBid({ id: 'b2\n' }), '/bids/1/id'],
  ['an id outside ASCII', withBid({ id: 'b\u00fc' }), '/bids/1/id'],
  ['a number as an id', withBid({ id: 2 }), '/bids/1/id'],
  ['a missing seat', withBid({ seat: undefined }), '/bids/1/seat'],
  ['a bid without a lot', withBid({ lot: undefined }), '/bids/1/lot'],
  ['a round id with a tab', withRound({ id: 'a\tb' }), '/id'],
  ['a round id of null', withRound({ id: null }), '/id'],
  ['a lot without an id', withLot({ id: undefined }), '/lots/0/id'],
  ['a deal without an id', withLot({ deals: [{ floor: 1 }] }), '/lots/0/deals/0/id'],
];

const SHAPES: readonly Row[] = [
  ['null', null, ''],
  ['an array', [goodRound()], ''],
  ['a text', 'round', ''],
  ['a number', 7, ''],
  ['an empty object', {}, '/format'],
  ['a missing format', withRound({ format: undefined }), '/format'],
  ['a format nobody knows', withRound({ format: 'dutch' }), '/format'],
  ['a format in capitals', withRound({ format: 'VCG' }), '/format'],
  ['a format every object has', withRound({ format: 'constructor' }), '/format'],
  ['a missing currency', withRound({ currency: undefined }), '/currency'],
  ['a currency in small letters', withRound({ currency: 'usd' }), '/currency'],
  ['no lots', withRound({ lots: [] }), '/lots'],
  ['missing lots', withRound({ lots: undefined }), '/lots'],
  ['lots as an object', withRound({ lots: { homepage: {} } }), '/lots'],
  ['a lot of null', withRound({ lots: [null] }), '/lots/0'],
  ['101 lots', withRound({ lots: Array.from({ length: 101 }, (_, at) => ({ id: `l${at}` })) }), '/lots'],
  ['missing bids', withRound({ bids: undefined }), '/bids'],
  ['a bid of null', withRound({ bids: [null] }), '/bids/0'],
  ['501 bids', withRound({ bids: manyBids(501) }), '/bids'],
  ['explain as text', withRound({ explain: 'yes' }), '/explain'],
  ['no time at all', withRound({ tmax: 0 }), '/tmax'],
  ['a fraction of a millisecond', withRound({ tmax: 0.5 }), '/tmax'],
  ['time as text', withRound({ tmax: '100' }), '/tmax'],
  ['policies as text', withRound({ policies: 'brand-safety' }), '/policies'],
  ['a private auction as a number', withLot({ privateAuction: 1 }), '/lots/0/privateAuction'],
  [
    'a deal that is priced by slots',
    withLot({ deals: [{ id: 'd', format: 'gsp' }] }),
    '/lots/0/deals/0/format',
  ],
  ['deals as an object', withLot({ deals: {} }), '/lots/0/deals'],
  ['attributes as an array', withBid({ attributes: [1] }), '/bids/1/attributes'],
  ['a category that is no text', withBid({ categories: [7] }), '/bids/1/categories/0'],
  ['a domain with a space', withBid({ domains: ['a b'] }), '/bids/1/domains/0'],
];

const REFERENCES: readonly BadRound[] = [
  refused('two bids with one id', withBid({ id: 'b1' }), 'DUPLICATE_ID', '/bids/1/id'),
  refused(
    'two lots with one id',
    withRound({ lots: [{ id: 'homepage' }, { id: 'homepage' }] }),
    'DUPLICATE_ID',
    '/lots/1/id',
  ),
  refused(
    'two deals with one id',
    withLot({ deals: [{ id: 'd' }, { id: 'e' }, { id: 'd' }] }),
    'DUPLICATE_ID',
    '/lots/0/deals/2/id',
  ),
  refused('a lot nobody sells', withBid({ lot: 'footer' }), 'UNKNOWN_LOT', '/bids/1/lot'),
  refused(
    'a lot named like what every object has',
    withBid({ lot: 'toString' }),
    'UNKNOWN_LOT',
    '/bids/1/lot',
  ),
  refused(
    'a currency that ISO 4217 does not know',
    withRound({ currency: 'ZZZ' }),
    'UNKNOWN_CURRENCY',
    '/currency',
  ),
  refused('a policy by name', withRound({ policies: ['brand-safety'] }), 'UNKNOWN_POLICY', '/policies/0'),
  refused(
    'a policy of its own',
    withRound({ policies: [{ rules: [] }] }),
    'INVALID_POLICY',
    '/policies/0/rules',
  ),
  refused('a profile by name', withRound({ profile: 'awareness@2' }), 'UNKNOWN_PROFILE', '/profile'),
  refused('a profile of its own', withRound({ profile: {} }), 'INVALID_PROFILE', '/profile'),
  refused(
    'several units in a second-price bid',
    withBid({ quantity: 2 }),
    'FORMAT_MISMATCH',
    '/bids/1/quantity',
  ),
  refused(
    'several units in a second-price lot',
    withLot({ quantity: 2 }),
    'FORMAT_MISMATCH',
    '/lots/0/quantity',
  ),
  refused('slots in a second-price lot', withLot({ slots: [1, 0.5] }), 'FORMAT_MISMATCH', '/lots/0/slots'),
  refused(
    'deals in a gsp lot',
    { ...withLot({ deals: [{ id: 'd' }] }), format: 'gsp' },
    'FORMAT_MISMATCH',
    '/lots/0/deals',
  ),
  refused(
    'a bid for a deal in a vcg round',
    { ...withBid({ deal: 'd' }), format: 'vcg' },
    'FORMAT_MISMATCH',
    '/bids/1/deal',
  ),
];

export const BAD_ROUNDS: readonly BadRound[] = [
  ...[...PRICES, ...QUANTITIES, ...SLOTS, ...IDS, ...SHAPES].map(([says, round, path]) =>
    refused(says, round, 'INVALID_ROUND', path),
  ),
  ...REFERENCES,
];

function refused(says: string, round: unknown, code: Expected['code'], path: string): BadRound {
  return { says, round, code, path };
}

function withRound(fields: Fields): Fields {
  return { ...goodRound(), ...fields };
}

/** The good round with its second bid changed. */
function withBid(fields: Fields): Fields {
  return withRound({ bids: goodRound().bids.map((bid, at) => (at === 1 ? { ...bid, ...fields } : bid)) });
}

function withLot(fields: Fields): Fields {
  return withRound({ lots: [{ ...goodRound().lots[0], ...fields }] });
}

function withSlots(slots: unknown): Fields {
  return { ...withLot({ slots }), format: 'gsp' };
}

/** A round with a number that no double holds, written as JSON text. */
function literally(round: Fields): Buffer {
  return Buffer.from(JSON.stringify(round).replace(/"(-?1e999)"/, '$1'));
}
