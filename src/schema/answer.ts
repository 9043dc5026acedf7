import { type Static, Type } from '@sinclair/typebox';
import { UtilityTerm } from './profile.js';

/** The wire shape of a decided round. Awards and losses are sorted by lot, then by bid id. */

export const OUTCOMES = ['cleared', 'no-award', 'escalated'] as const;
export type RoundOutcome = (typeof OUTCOMES)[number];

export const Verdict = Type.Object({
  policy: Type.String(),
  version: Type.Optional(Type.Integer({ description: 'absent where the round carried the policy' })),
  rule: Type.String(),
  kind: Type.String(),
  effect: Type.String(),
  severity: Type.String(),
  field: Type.String({ description: 'what the rule looked at' }),
  limit: Type.Unknown({ description: 'what the rule asks for' }),
  value: Type.Unknown({ description: 'what the bid says; null when it does not say it' }),
  sentence: Type.Optional(Type.String()),
  owner: Type.Optional(Type.String()),
});

export const Verdicts = Type.Optional(
  Type.Array(Verdict, { description: 'every rule that spoke, the binding one first; with `explain`' }),
);
export const Utility = Type.Optional(Type.Number({ description: 'what the profile makes of the bid' }));
export const Terms = Type.Optional(
  Type.Array(UtilityTerm, { description: 'they add up to the utility; with `explain`' }),
);

const Award = Type.Object({
  lot: Type.String(),
  bid: Type.String(),
  seat: Type.String(),
  price: Type.Number({ description: 'clearing price per unit, or per unit of slot weight' }),
  quantity: Type.Integer({ description: 'units awarded; fewer than asked where the last units ran out' }),
  slot: Type.Optional(Type.Integer({ description: 'position won, 1 is the best; gsp and vcg only' })),
  utility: Utility,
  minimumToWin: Type.Number({ description: 'the price that ties with the rival that decides' }),
  provisional: Type.Optional(Type.Boolean({ description: 'a rule asks for a person to approve it' })),
  rules: Type.Optional(Type.Array(Type.String(), { description: 'the rules that ask for it' })),
  verdicts: Verdicts,
  terms: Terms,
});

export const LossDetail = Type.Object({
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
  rule: Type.Optional(Type.String({ description: 'the rule that stopped the bid' })),
  utility: Utility,
  detail: Type.Optional(LossDetail),
  verdicts: Verdicts,
  terms: Terms,
  minimumToWin: Type.Optional(Type.Number({ description: 'only where price decided: codes 100 to 103' })),
});

export const RoundAnswer = Type.Object(
  {
    id: Type.String(),
    outcome: Type.Unsafe<RoundOutcome>(Type.String({ enum: [...OUTCOMES] })),
    awards: Type.Array(Award),
    losses: Type.Array(Loss),
    policies: Type.Optional(Type.Array(Type.String(), { description: 'the versions that were used' })),
    profile: Type.Optional(Type.String({ description: 'the version that was used' })),
  },
  { $id: 'RoundAnswer' },
);

export type RoundAnswer = Static<typeof RoundAnswer>;
export type LossDetail = Static<typeof LossDetail>;
