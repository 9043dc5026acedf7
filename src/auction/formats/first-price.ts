import { type Format, winnerOf } from './format.js';

/** Every winner pays what it bid. */
export const firstPrice = {
  name: 'first-price',
  sells: 'units',
  takesDeals: true,
  takesProfiles: true,
  pricedByFloor: false,
  priceMicros: (sale) => winnerOf(sale).priceMicros,
} as const satisfies Format;
