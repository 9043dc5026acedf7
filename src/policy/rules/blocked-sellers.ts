import { judgesBids } from './declare-kind.js';
import { shownNames } from '../verdict.js';

export const blockedSellers = judgesBids('blocked-sellers', ({ sellers, missing = 'allow' }, speak) => {
  const blocked = new Set(sellers);
  return ({ seller }) => {
    if (seller === undefined) {
      return missing === 'allow' ? undefined : speak('seller', shownNames(sellers), null);
    }
    return blocked.has(seller) ? speak('seller', seller, seller) : undefined;
  };
});
