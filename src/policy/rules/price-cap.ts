import { toMicros } from '../../base/money.js';
import { toDecimal } from './amounts.js';
import { judgesBids } from './declare-kind.js';

export const priceCap = judgesBids('price-cap', ({ max }, speak) => {
  const maxMicros = toMicros(max);
  const limit = toDecimal(maxMicros);
  return ({ priceMicros }) =>
    priceMicros <= maxMicros ? undefined : speak('price', limit, toDecimal(priceMicros));
});
