import { type Static, Type } from '@sinclair/typebox';
import { MICROS_MAX } from '../base/money.js';
import { OpenRtbAnnex, RecordedOffer, RecordedSent } from './openrtb/record.js';
import { DEAL_FORMAT_NAMES, FORMAT_NAMES, QUANTITY_MAX, SLOTS_MAX } from './round.js';

/**
 * The record of a decision as far as it says what was decided about. What it says of the decision is not read, but
 * compared: deciding again has to give the same bytes. A member that is absent is at its default.
 */

const Micros = Type.Integer({ minimum: 0, maximum: MICROS_MAX });
const OneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...names], pattern: `^(${names.join('|')})$` }));
const Texts = Type.Array(Type.String());
const Quantity = Type.Optional(Type.Integer({ minimum: 1, maximum: QUANTITY_MAX }));

const Deal = Type.Object({
  domains: Type.Optional(Texts),
  floorMicros: Type.Optional(Micros),
  format: Type.Optional(OneOf(DEAL_FORMAT_NAMES)),
  id: Type.String(),
  seats: Type.Optional(Texts),
});

const Bid = Type.Object({
  attributes: Type.Optional(
    Type.Array(Type.Union([Type.Number(), Type.Null()]), {
      description: 'in the order of the attributes of the record; null where the bid says nothing',
    }),
  ),
  categories: Type.Optional(Texts),
  deal: Type.Optional(Type.String()),
  domains: Type.Optional(Texts),
  id: Type.String(),
  priceMicros: Micros,
  quantity: Quantity,
  seat: Type.String(),
  seller: Type.Optional(Type.String()),
  sent: Type.Optional(RecordedSent),
});

const Lot = Type.Object({
  bids: Type.Array(Bid),
  deals: Type.Optional(Type.Array(Deal)),
  floorMicros: Type.Optional(Micros),
  id: Type.String(),
  offer: Type.Optional(RecordedOffer),
  privateAuction: Type.Optional(Type.Boolean()),
  quantity: Quantity,
  reserveMicros: Type.Optional(Micros),
  slotWeights: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: MICROS_MAX }), { minItems: 1, maxItems: SLOTS_MAX }),
  ),
});

/** The last instant that a date can hold. */
const INSTANT_MAX = 8.64e15;

/** What records of decisions are called, in their member `kind`. */
export const DECISION_KINDS = ['round', 'openrtb'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const DecisionRecord = Type.Object({
  at: Type.Integer({ minimum: 0, maximum: INSTANT_MAX, description: 'milliseconds since the epoch' }),
  attributes: Type.Optional(Texts),
  currency: Type.String(),
  explain: Type.Optional(Type.Boolean()),
  format: OneOf(FORMAT_NAMES),
  id: Type.String(),
  idAssigned: Type.Optional(Type.Boolean({ description: 'the round brought none' })),
  incrementMicros: Micros,
  kind: OneOf(DECISION_KINDS),
  lots: Type.Array(Lot),
  policies: Type.Optional(Type.Array(Type.Unknown({ description: '`name@version`, or a policy document' }))),
  profile: Type.Optional(
    Type.Unknown({
      description: '`name@version`, or a profile document with the tables it was compiled into',
    }),
  ),
  ties: Type.Optional(Type.Record(Type.String(), Type.String())),
  version: Type.Literal(1),
  ...OpenRtbAnnex,
});

export type DecisionRecord = Static<typeof DecisionRecord>;
export type RecordedLot = Static<typeof Lot>;
export type RecordedDeal = Static<typeof Deal>;
export type RecordedBid = Static<typeof Bid>;
