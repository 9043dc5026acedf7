import { type Static, Type } from '@sinclair/typebox';
import { ID_PATTERN } from '../base/ids.js';
import { PRICE_MAX } from '../base/money.js';
import type { RoundLimits } from './limits.js';

/** The wire shape of a sealed round. Fields beyond these are ignored and never stored. */

export const FORMAT_NAMES = [
  'first-price',
  'second-price',
  'fixed-price',
  'uniform-price',
  'gsp',
  'vcg',
] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** The formats a deal may price its award by. */
export const DEAL_FORMAT_NAMES = ['first-price', 'second-price', 'fixed-price'] as const;

export const QUANTITY_MAX = 1_000_000;
const SLOT_WEIGHT_MAX = 1_000_000;
export const SLOTS_MAX = 100;
const DEALS_PER_LOT_MAX = 100;
export const NAMES_MAX = 500;
/** Domains and categories are visible ASCII; international names come in their ASCII form. */
export const NAME_LENGTH_MAX = 255;
const NAME_PATTERN = `^[\\x21-\\x7e]{1,${NAME_LENGTH_MAX}}$`;
const TMAX_MS_MAX = 3_600_000;
/** Together with the bounds of a policy, how long a worker can be kept by the rules of one round. */
export const POLICIES_MAX = 8;

const Id = Type.String({ pattern: ID_PATTERN, description: '1 to 128 characters of ASCII 0x21 to 0x7E' });
const Amount = (description: string) => Type.Number({ minimum: 0, maximum: PRICE_MAX, description });
const Quantity = Type.Integer({ minimum: 1, maximum: QUANTITY_MAX, default: 1 });
const Names = (description: string) =>
  Type.Array(Type.String({ pattern: NAME_PATTERN }), { maxItems: NAMES_MAX, description });
/** One of the names; a string enumeration reads better in OpenAPI than a union of constants. */
const OneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...names], pattern: `^(${names.join('|')})$` }));

const Deal = Type.Object({
  id: Id,
  floor: Type.Optional(Amount('published minimum of the deal; absent: none')),
  format: Type.Optional(OneOf(DEAL_FORMAT_NAMES)),
  seats: Type.Optional(Type.Array(Id, { maxItems: NAMES_MAX, description: 'seats that may use the deal' })),
  domains: Type.Optional(Names('advertiser domains, with their subdomains, that may use the deal')),
});

const Lot = Type.Object({
  id: Id,
  floor: Type.Optional(Amount('published minimum; absent: 0')),
  reserve: Type.Optional(Amount('private minimum of the seller; absent: none')),
  quantity: Type.Optional(Quantity),
  slots: Type.Optional(
    Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: SLOT_WEIGHT_MAX }), {
      minItems: 1,
      maxItems: SLOTS_MAX,
      description: 'weights of the positions, best first, never rising; gsp and vcg only',
    }),
  ),
  privateAuction: Type.Optional(Type.Boolean({ description: 'only bids for a deal compete' })),
  deals: Type.Optional(Type.Array(Deal, { maxItems: DEALS_PER_LOT_MAX })),
});

const Bid = Type.Object({
  id: Id,
  seat: Id,
  lot: Id,
  price: Amount('per unit, or per unit of slot weight'),
  quantity: Type.Optional(Quantity),
  deal: Type.Optional(Id),
  seller: Type.Optional(Id),
  attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  categories: Type.Optional(Names('content categories of the creative')),
  domains: Type.Optional(Names('advertiser domains of the creative')),
});

export function roundRequestSchema(limits: RoundLimits) {
  return Type.Object(
    {
      id: Type.Optional(Id),
      format: OneOf(FORMAT_NAMES),
      currency: Type.String({
        pattern: '^[A-Z]{3}$',
        description: 'ISO 4217 code of every price in the round',
      }),
      increment: Type.Optional(Amount('added to the runner-up in second-price and gsp; absent: 0.01')),
      tmax: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: TMAX_MS_MAX,
          description: 'milliseconds since arrival after which the round is not decided',
        }),
      ),
      explain: Type.Optional(
        Type.Boolean({ description: 'adds `detail`, `verdicts` and `terms`: why each bid ended as it did' }),
      ),
      lots: Type.Array(Lot, { minItems: 1, maxItems: limits.lotsMax }),
      policies: Type.Optional(
        Type.Array(Type.Unknown({ description: 'a name, `name@version`, or a policy document' }), {
          maxItems: POLICIES_MAX,
        }),
      ),
      profile: Type.Optional(Type.Unknown({ description: 'a name, `name@version`, or a profile document' })),
      bids: Type.Array(Bid, { maxItems: limits.bidsMax }),
    },
    { $id: 'RoundRequest' },
  );
}

export type RoundRequest = Static<ReturnType<typeof roundRequestSchema>>;
export type LotRequest = Static<typeof Lot>;
export type DealRequest = Static<typeof Deal>;
export type BidRequest = Static<typeof Bid>;
