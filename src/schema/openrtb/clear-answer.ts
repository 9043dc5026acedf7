import { type Static, Type } from '@sinclair/typebox';
import { LossDetail, RoundAnswer, Terms, Utility, Verdicts } from '../answer.js';
import { RatesDocument } from './options.js';

/** The wire shape of a decided OpenRTB auction: a bid response, and what became of every other bid. */

const WinnerExt = Type.Object({
  response: Type.Integer({ description: 'place of the response in the request' }),
  bidPrice: Type.Number({ description: 'what was bid, in the currency of the answer' }),
  minimumToWin: Type.Number(),
  utility: Utility,
  provisional: Type.Optional(Type.Boolean()),
  rules: Type.Optional(Type.Array(Type.String())),
  verdicts: Verdicts,
  terms: Terms,
});

const WinningBid = Type.Object(
  {
    id: Type.String(),
    impid: Type.String(),
    price: Type.Number({ description: 'clearing price per mille' }),
    ext: Type.Object({ parley: WinnerExt }),
  },
  { description: 'the bid as it was sent, its macros filled' },
);

const OpenRtbLoss = Type.Object({
  response: Type.Integer({ description: 'place of the response in the request' }),
  seat: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  impid: Type.Optional(Type.String()),
  code: Type.Integer({ description: 'OpenRTB loss reason, or 500 and above' }),
  reason: Type.String({ description: 'the code in words, UPPER_SNAKE' }),
  rule: Type.Optional(Type.String({ description: 'the rule that stopped the bid' })),
  detail: Type.Optional(LossDetail),
  verdicts: Verdicts,
  terms: Terms,
  utility: Utility,
  minimumToWin: Type.Optional(Type.Number({ description: 'only where price decided: codes 100 to 103' })),
  lurl: Type.Optional(Type.String({ description: 'the loss notice, its macros filled' })),
});

export const OpenRtbAnswer = Type.Object(
  {
    id: Type.String(),
    cur: Type.Optional(Type.String()),
    seatbid: Type.Optional(
      Type.Array(Type.Object({ seat: Type.Optional(Type.String()), bid: Type.Array(WinningBid) })),
    ),
    nbr: Type.Optional(Type.Integer({ description: '500 no bid came, 501 every bid lost' })),
    ext: Type.Object({
      parley: Type.Object({
        outcome: Type.Index(RoundAnswer, ['outcome']),
        losses: Type.Array(OpenRtbLoss),
        policies: Type.Optional(Type.Array(Type.String())),
        profile: Type.Optional(Type.String()),
        rates: Type.Optional(RatesDocument),
      }),
    }),
  },
  { $id: 'OpenRtbAnswer' },
);

export type OpenRtbAnswer = Static<typeof OpenRtbAnswer>;
