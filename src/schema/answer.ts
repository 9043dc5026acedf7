import { type Static, Type } from '@sinclair/typebox';

/** The wire shape of a decided round. Awards and losses are sorted by lot, then by bid id. */

export const OUTCOMES = ['cleared', 'no-award', 'escalated'] as const;
export type RoundOutcome = (typeof OUTCOMES)[number];

const Award = Type.Object({
  lot: Type.String(),
  bid: Type.String(),
  seat: Type.String(),
  price: Type.Number({ description: 'clearing price per unit, or per unit of slot weight' }),
  quantity: Type.Integer({ description: 'units awarded; fewer than asked where the last units ran out' }),
  slot: Type.Optional(Type.Integer({ description: 'position won, 1 is the best; gsp and vcg only' })),
  minimumToWin: Type.Number({ description: 'the price that ties with the rival that decides' }),
});

const LossDetail = Type.Object({
  field: Type.String({ description: 'the field of the bid that decided' }),
  value: Type.Optional(Type.Unknown({ description: 'what the bid said' })),
  limit: Type.Optional(Type.Unknown({ description: 'what it would have had to reach; never a reserve' })),
});

const Loss = Type.Object({
  bid: Type.String(),
  seat: Type.String(),
  lot: Type.String(),
  code: Type.Integer({ description: 'OpenRTB 2.6 loss reason, or 500 and above' }),
  reason: Type.String({ description: 'the code in words, UPPER_SNAKE' }),
  detail: Type.Optional(LossDetail),
  minimumToWin: Type.Optional(Type.Number({ description: 'only where price decided: codes 100 to 103' })),
});

export const RoundAnswer = Type.Object(
  {
    id: Type.String(),
    outcome: Type.Unsafe<RoundOutcome>(Type.String({ enum: [...OUTCOMES] })),
    awards: Type.Array(Award),
    losses: Type.Array(Loss),
  },
  { $id: 'RoundAnswer' },
);

export type RoundAnswer = Static<typeof RoundAnswer>;
export type LossDetail = Static<typeof LossDetail>;
