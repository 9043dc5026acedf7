import { PRICE_MAX, toMicros } from '../../base/money.js';
import { DEFAULT_COST } from '../attribute-layout.js';
import { placeOf } from '../attribute-places.js';
import { judgesBids } from './declare-kind.js';

/**
 * The margin is the share of the price that is left after the cost. Cost and price are whole micros, so that a margin
 * that reaches the limit to the micro is never refused by a rounding. A cost that is no amount counts as not said.
 */
export const minimumMargin = judgesBids(
  'minimum-margin',
  ({ min, cost = DEFAULT_COST, missing = 'deny' }, speak, places) => {
    const at = placeOf(places, cost);
    return ({ priceMicros, attributes }) => {
      const said = attributes[at]!;
      if (!(said >= 0 && said <= PRICE_MAX)) {
        return missing === 'allow' ? undefined : speak('margin', min, null);
      }
      // A price of 0 leaves nothing, whatever the cost: it has no margin, and keeps no rule about one.
      if (priceMicros === 0) return speak('margin', min, null);
      const margin = (priceMicros - toMicros(said)) / priceMicros;
      return margin >= min ? undefined : speak('margin', min, margin);
    };
  },
);
