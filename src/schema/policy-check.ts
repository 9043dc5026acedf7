import { Type } from '@sinclair/typebox';
import { RoundAnswer, Verdict } from './answer.js';

/** The wire shape of a dry run: what a policy would say about one bid, or make of one round. Nothing is recorded. */

export const PolicyCheckRequest = Type.Object(
  {
    policy: Type.Optional(
      Type.Unknown({
        description: 'a draft to try; absent: the version in force, or the one the address names',
      }),
    ),
    bid: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'one bid, as in a round' })),
    lot: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'the lot of the bid; absent: one without a floor',
      }),
    ),
    currency: Type.Optional(Type.String({ description: 'of the bid; absent: USD' })),
    round: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'a whole round' })),
  },
  { $id: 'PolicyCheckRequest', additionalProperties: false },
);

export const CHECK_VERDICTS = ['allow', 'deny', 'escalate'] as const;

export const PolicyCheckAnswer = Type.Object(
  {
    policy: Type.String({ description: 'the version that was asked; a draft is named by its hash' }),
    verdict: Type.Optional(Type.String({ enum: [...CHECK_VERDICTS], description: 'about the bid' })),
    verdicts: Type.Optional(Type.Array(Verdict, { description: 'about the bid, the binding one first' })),
    round: Type.Optional(RoundAnswer),
  },
  { $id: 'PolicyCheckAnswer' },
);
