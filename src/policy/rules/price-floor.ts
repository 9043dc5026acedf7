import { toMicros } from '../../base/money.js';
import { toDecimal } from './amounts.js';
import { judgesBids } from './declare-kind.js';

export const priceFloor = judgesBids('price-floor', ({ min }, speak) => {
  const minMicros = toMicros(min);
  const limit = toDecimal(minMicros);
  return ({ priceMicros }) =>
    priceMicros >= minMicros ? undefined : speak('price', limit, toDecimal(priceMicros));
});
