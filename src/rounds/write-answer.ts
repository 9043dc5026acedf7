import { type Award, isAward, type Loss, type Lot } from '../auction/model.js';
import { LOSSES } from '../base/loss-reasons.js';
import { microsToDecimal } from '../base/money.js';
import type { Decision } from './decide-round.js';
import { lossDetail } from './loss-detail.js';
import { quoteAscii } from '../base/quote.js';
import type { Round } from './round.js';

/** The body of the answer. Written by hand in a fixed order: the same decision is the same bytes. */
export function writeAnswer(id: string, round: Round, decision: Decision): string {
  let awards = '';
  let losses = '';
  for (const { lot, endings } of decision.lots) {
    const lotId = quoteAscii(lot.id);
    for (const ending of endings) {
      if (isAward(ending)) awards += `,${awardJson(ending, lotId)}`;
      else losses += `,${lossJson(ending, lotId, round.explain ? lot : undefined)}`;
    }
  }
  return `{"id":${quoteAscii(id)},"outcome":"${decision.outcome}","awards":[${awards.slice(1)}],"losses":[${losses.slice(1)}]}`;
}

function awardJson({ bid, priceMicros, quantity, slot, minimumToWinMicros }: Award, lotId: string): string {
  const place = slot === undefined ? '' : `,"slot":${slot}`;
  return (
    `{"lot":${lotId},"bid":${quoteAscii(bid.id)},"seat":${quoteAscii(bid.seat)},"price":${microsToDecimal(priceMicros)}` +
    `,"quantity":${quantity}${place},"minimumToWin":${microsToDecimal(minimumToWinMicros)}}`
  );
}

function lossJson(loss: Loss, lotId: string, explainedLot: Lot | undefined): string {
  const { bid, reason, minimumToWinMicros } = loss;
  const detail =
    explainedLot === undefined ? '' : `,"detail":${JSON.stringify(lossDetail(loss, explainedLot))}`;
  const minimum =
    minimumToWinMicros === undefined ? '' : `,"minimumToWin":${microsToDecimal(minimumToWinMicros)}`;
  return (
    `{"bid":${quoteAscii(bid.id)},"seat":${quoteAscii(bid.seat)},"lot":${lotId}` +
    `,"code":${LOSSES[reason].code},"reason":"${reason}"${detail}${minimum}}`
  );
}
