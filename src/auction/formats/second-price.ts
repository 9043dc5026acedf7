import { type Format, nextPriceMicros } from './format.js';

/** The winner pays just enough to beat the runner-up. */
export const secondPrice = {
  name: 'second-price',
  sells: 'one',
  takesDeals: true,
  takesProfiles: true,
  pricedByFloor: false,
  priceMicros: nextPriceMicros,
} as const satisfies Format;
