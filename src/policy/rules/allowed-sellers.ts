import { judgesBids } from './declare-kind.js';
import { shownNames } from '../verdict.js';

export const allowedSellers = judgesBids('allowed-sellers', ({ sellers, missing = 'deny' }, speak) => {
  const allowed = new Set(sellers);
  const limit = shownNames(sellers);
  return ({ seller }) => {
    if (seller === undefined) return missing === 'allow' ? undefined : speak('seller', limit, null);
    return allowed.has(seller) ? undefined : speak('seller', limit, seller);
  };
});
