import { type Static, Type } from '@sinclair/typebox';
import { LossDetail, OUTCOMES, Utility, Verdict } from './answer.js';
import { UtilityTerm } from './profile.js';
import { DECISION_KINDS } from './record.js';
import { FORMAT_NAMES } from './round.js';

/** A decision told in order: who bid, what stopped whom, what ranked where, what everybody pays, what would have won. */

const OneOf = <const T extends readonly string[]>(names: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...names] }));
const Amount = (description: string) => Type.Number({ description });

const Offer = {
  bid: Type.String(),
  seat: Type.String(),
  price: Amount('what it bid, in the currency of the round'),
};

/** What tells a bid and the next one apart. */
export const PRECEDENCES = ['utility', 'price', 'deal', 'tie-hash', 'nothing'] as const;

const PriceChange = Type.Object({
  kind: Type.Literal('price'),
  price: Amount('the nearest price at which it would have won, all else equal'),
  more: Amount('than it bid; negative where it would have had to bid less'),
  tieAt: Type.Optional(Amount('a nearer price at which a tie would have decided')),
  sent: Type.Optional(
    Type.Object(
      { price: Type.Number(), currency: Type.String() },
      { description: 'in the currency of the bid' },
    ),
  ),
});
const TieChange = Type.Object({
  ...PriceChange.properties,
  kind: Type.Literal('tie', {
    description: 'no price wins for certain; at this one a tie would have decided',
  }),
});
const DealChange = Type.Object({
  kind: Type.Literal('deal'),
  deal: Type.Union([Type.String(), Type.Null()], { description: 'null: without any deal' }),
  price: Amount('with it'),
  more: Amount('than it bid; 0 where its own price would have done'),
  sent: PriceChange.properties.sent,
});
const RuleChange = Type.Object({
  kind: Type.Literal('rule'),
  rule: Type.String({ description: 'has to be met first' }),
  field: Type.String(),
  limit: Type.Unknown({ description: 'what the rule asks for' }),
  value: Type.Unknown({ description: 'what the bid says; null when it does not say it' }),
});
const FieldChange = Type.Object({
  kind: Type.Literal('field'),
  field: Type.String({ description: 'has to say something else' }),
  value: Type.Optional(Type.Unknown()),
});
const NoChange = Type.Object({
  kind: Type.Literal('none', {
    description: 'no price and no deal of the lot that was tried would have won',
  }),
});
const Untried = Type.Object({
  kind: Type.Literal('untried', { description: 'the round is too large to try it for every bid' }),
});
export const Change = Type.Union(
  [PriceChange, TieChange, DealChange, RuleChange, FieldChange, NoChange, Untried],
  {
    description: 'the smallest change with which the bid would have won',
  },
);

const Lost = {
  code: Type.Integer(),
  reason: Type.String(),
  sentence: Type.String(),
  detail: Type.Optional(LossDetail),
  verdicts: Type.Optional(
    Type.Array(Verdict, { description: 'every rule that spoke, the binding one first' }),
  ),
  change: Change,
};

const Stopped = Type.Object({ ...Offer, ...Lost, utility: Utility });

const Ranked = Type.Object({
  place: Type.Integer({ description: 'from 1' }),
  ...Offer,
  utility: Utility,
  terms: Type.Optional(Type.Array(UtilityTerm)),
  deal: Type.Optional(Type.String()),
  quantity: Type.Optional(Type.Integer({ description: 'units asked for; absent: 1' })),
  tieHash: Type.Optional(Type.String({ description: 'where a tie was decided: the lower one goes first' })),
  before: Type.Optional(OneOf(PRECEDENCES)),
  won: Type.Boolean(),
  ...Type.Partial(Type.Object(Lost)).properties,
});

export const FLOOR_KINDS = ['lot', 'deal', 'reserve'] as const;

const Harm = Type.Object({
  slot: Type.Integer({ description: 'position' }),
  weight: Type.Number({ description: 'what is lost from this position to the next one' }),
  price: Amount('of the bid that would move up, or the floor'),
  bid: Type.Optional(Type.String({ description: 'absent: the floor' })),
});

export const PRICE_BASES = ['own-bid', 'runner-up', 'highest-loser', 'harm', 'floor'] as const;

export const Pricing = Type.Object({
  format: OneOf(FORMAT_NAMES),
  basis: OneOf(PRICE_BASES),
  floor: Amount('that binds the price'),
  floorOf: OneOf(FLOOR_KINDS),
  rival: Type.Optional(Type.Object(Offer, { description: 'the bid that the price was taken from' })),
  tie: Type.Optional(Amount('the price that ties with the rival')),
  increment: Type.Optional(Amount('added to it')),
  harm: Type.Optional(
    Type.Array(Harm, { description: 'vcg: sum of weight times price, divided by ownWeight' }),
  ),
  ownWeight: Type.Optional(Type.Number()),
});

const Award = Type.Object({
  ...Offer,
  pays: Amount('per unit, or per unit of slot weight'),
  quantity: Type.Integer(),
  slot: Type.Optional(Type.Integer()),
  minimumToWin: Type.Number(),
  pricing: Pricing,
  provisional: Type.Optional(
    Type.Array(Verdict, { description: 'rules that ask for a person to approve it' }),
  ),
});

const Lot = Type.Object({
  lot: Type.String(),
  floor: Type.Number(),
  reserve: Type.Optional(Amount('the private minimum of the seller')),
  quantity: Type.Optional(Type.Integer()),
  slots: Type.Optional(Type.Array(Type.Number())),
  privateAuction: Type.Optional(Type.Boolean()),
  deals: Type.Optional(
    Type.Array(
      Type.Object({ id: Type.String(), floor: Type.Number(), format: Type.Optional(OneOf(FORMAT_NAMES)) }),
    ),
  ),
  bids: Type.Integer({ description: 'how many were placed on it' }),
  stopped: Type.Array(Stopped, { description: 'what could not compete, or was passed over, and why' }),
  ranked: Type.Array(Ranked, { description: 'what competed, best first' }),
  awards: Type.Array(Award),
});

export const Explanation = Type.Object(
  {
    record: Type.Optional(Type.String({ description: 'id of the record' })),
    round: Type.String(),
    kind: OneOf(DECISION_KINDS),
    at: Type.String({ description: 'ISO 8601, UTC' }),
    format: OneOf(FORMAT_NAMES),
    currency: Type.String(),
    outcome: OneOf(OUTCOMES),
    policies: Type.Optional(Type.Array(Type.String())),
    profile: Type.Optional(Type.String()),
    difference: Type.Optional(
      Type.Object(
        {
          pointer: Type.String(),
          stored: Type.Optional(Type.String()),
          recomputed: Type.Optional(Type.String()),
        },
        {
          description:
            'there when deciding again gives another record: what is told is the decision made again',
        },
      ),
    ),
    lots: Type.Array(Lot),
    unreadable: Type.Optional(
      Type.Array(
        Type.Object({
          response: Type.Integer(),
          bid: Type.Optional(Type.String()),
          seat: Type.Optional(Type.String()),
          code: Type.Integer(),
          reason: Type.Optional(Type.String()),
          sentence: Type.Optional(Type.String()),
        }),
        { description: 'OpenRTB: what could not be read as a bid' },
      ),
    ),
  },
  { $id: 'Explanation' },
);

export type Explanation = Static<typeof Explanation>;
export type LotExplanation = Static<typeof Lot>;
export type StoppedBid = Static<typeof Stopped>;
export type RankedBid = Static<typeof Ranked>;
export type ExplainedAward = Static<typeof Award>;
export type Pricing = Static<typeof Pricing>;
export type Change = Static<typeof Change>;
