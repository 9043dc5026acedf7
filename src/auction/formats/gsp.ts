import { type Format, nextPriceMicros } from './format.js';

/** Generalised second price: each position pays just enough to keep the next bid below it. */
export const gsp = {
  name: 'gsp',
  sells: 'slots',
  takesDeals: false,
  takesProfiles: false,
  pricedByFloor: false,
  priceMicros: nextPriceMicros,
} as const satisfies Format;
