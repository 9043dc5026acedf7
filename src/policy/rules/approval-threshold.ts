import { toMicros } from '../../base/money.js';
import { sumToDecimal, toDecimal, worthMicros } from './amounts.js';
import type { AwardJudge } from '../compiled-rules.js';
import { judgesAwards } from './declare-kind.js';

/** An award is worth the price of its bid times its units, so a bid that is filled partly may need nobody. */
export const approvalThreshold = judgesAwards('approval-threshold', ({ above }, speak) => {
  const aboveMicros = BigInt(toMicros(above));
  const limit = toDecimal(toMicros(above));
  const judge: AwardJudge = {
    judge: ({ priceMicros }, quantity) => {
      const worth = worthMicros(priceMicros, quantity);
      return worth <= aboveMicros ? undefined : speak('awardValue', limit, sumToDecimal(worth));
    },
    take: () => undefined,
  };
  return () => judge;
});
