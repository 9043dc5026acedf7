import type { CelFrame } from './frame.js';

/**
 * Every field a rule may read, once: its CEL type, where its value comes from, what it means.
 * Attributes are not here: they are read one by one, through the layout.
 */
export type CelField =
  | { readonly type: 'double'; readonly micros: (frame: CelFrame) => number; readonly meaning: string }
  | { readonly type: 'int'; readonly read: (frame: CelFrame) => number; readonly meaning: string }
  | { readonly type: 'string'; readonly read: (frame: CelFrame) => string; readonly meaning: string }
  | {
      readonly type: 'list<string>';
      readonly read: (frame: CelFrame) => readonly string[];
      readonly meaning: string;
    };

export const ROOTS = ['bid', 'lot', 'round'] as const;
export const ATTRIBUTES = 'bid.attributes';

/** No integer field of the wire reaches this, so that products of fields stay exact in a double. */
export const FIELD_INT_MAX = 2 ** 24;

const MICROS_PER_UNIT = 1_000_000;

export const CEL_FIELDS: ReadonlyMap<string, CelField> = new Map<string, CelField>([
  [
    'bid.price',
    { type: 'double', micros: ({ subject }) => subject.priceMicros, meaning: 'price in currency units' },
  ],
  ['bid.quantity', { type: 'int', read: ({ subject }) => subject.quantity, meaning: 'units asked for' }],
  ['bid.seat', { type: 'string', read: ({ subject }) => subject.seat, meaning: 'the buying seat' }],
  [
    'bid.seller',
    { type: 'string', read: ({ subject }) => subject.seller ?? '', meaning: 'the seller; "" where absent' },
  ],
  [
    'bid.deal',
    { type: 'string', read: ({ subject }) => subject.dealId ?? '', meaning: 'the deal; "" where absent' },
  ],
  [
    'bid.domains',
    { type: 'list<string>', read: ({ subject }) => subject.domains, meaning: 'advertiser domains' },
  ],
  [
    'bid.categories',
    { type: 'list<string>', read: ({ subject }) => subject.categories, meaning: 'content categories' },
  ],
  ['lot.id', { type: 'string', read: ({ lot }) => lot.id, meaning: 'the lot the bid is for' }],
  ['lot.floor', { type: 'double', micros: ({ lot }) => lot.floorMicros, meaning: 'its published floor' }],
  ['lot.quantity', { type: 'int', read: ({ lot }) => lot.quantity, meaning: 'units for sale' }],
  ['round.id', { type: 'string', read: ({ round }) => round.id ?? '', meaning: 'its id; "" where absent' }],
  ['round.format', { type: 'string', read: ({ round }) => round.format, meaning: 'such as "first-price"' }],
  ['round.currency', { type: 'string', read: ({ round }) => round.currency, meaning: 'ISO 4217 code' }],
  ['round.bids', { type: 'int', read: ({ round }) => round.bids, meaning: 'bids of the round' }],
]);

/** The double nearest to an amount: the very number a literal or a JSON price with the same digits is read as. */
export function unitsOf(micros: number): number {
  return micros / MICROS_PER_UNIT;
}

/** The fields of one root, as `name: type`, for the library and for sentences. */
export function fieldTypesOf(root: string): Record<string, string> {
  const own = [...CEL_FIELDS].filter(([path]) => path.startsWith(`${root}.`));
  const types = Object.fromEntries(own.map(([path, { type }]) => [path.slice(root.length + 1), type]));
  return root === 'bid' ? { ...types, attributes: 'map<string, double>' } : types;
}
