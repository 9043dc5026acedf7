import { type Award, isAward, type Loss } from '../../src/auction/model.js';
import { LOSSES } from '../../src/base/loss-reasons.js';
import { microsToDecimal } from '../../src/base/money.js';
import type { Decision } from '../../src/rounds/decide-round.js';
import type { RoundAnswer } from '../../src/schema/answer.js';

/** The answer as an object; written as JSON it is the engine's answer byte for byte. */
export function answerOf(id: string, { outcome, lots }: Decision): RoundAnswer {
  const answer: RoundAnswer = { id, outcome, awards: [], losses: [] };
  for (const { lot, endings } of lots) {
    for (const ending of endings) {
      if (isAward(ending)) answer.awards.push(awardOf(ending, lot.id));
      else answer.losses.push(lossOf(ending, lot.id));
    }
  }
  return answer;
}

function awardOf({ bid, priceMicros, quantity, minimumToWinMicros }: Award, lot: string) {
  const price = decimal(priceMicros);
  return { lot, bid: bid.id, seat: bid.seat, price, quantity, minimumToWin: decimal(minimumToWinMicros) };
}

function lossOf({ bid, reason, minimumToWinMicros }: Loss, lot: string) {
  const loss = { bid: bid.id, seat: bid.seat, lot, code: LOSSES[reason].code, reason };
  return minimumToWinMicros === undefined ? loss : { ...loss, minimumToWin: decimal(minimumToWinMicros) };
}

function decimal(micros: number): number {
  return Number(microsToDecimal(micros));
}
