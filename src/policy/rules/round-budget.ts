import { toMicros } from '../../base/money.js';
import { sumToDecimal, toDecimal, worthMicros } from './amounts.js';
import { judgesAwards } from './declare-kind.js';

/** Awards count at the prices of their bids, the most that they can cost. */
export const roundBudget = judgesAwards('round-budget', ({ max }, speak) => {
  const maxMicros = BigInt(toMicros(max));
  const limit = toDecimal(toMicros(max));
  return () => {
    let spentMicros = 0n;
    return {
      judge: ({ priceMicros }, quantity) => {
        const sumMicros = spentMicros + worthMicros(priceMicros, quantity);
        return sumMicros <= maxMicros ? undefined : speak('roundSpend', limit, sumToDecimal(sumMicros));
      },
      take: ({ priceMicros }, quantity) => {
        spentMicros += worthMicros(priceMicros, quantity);
      },
    };
  };
});
