import type { Format } from './format.js';

/** The price was agreed beforehand: the floor of the deal, or of the lot. */
export const fixedPrice = {
  name: 'fixed-price',
  sells: 'one',
  takesDeals: true,
  takesProfiles: false,
  pricedByFloor: true,
  priceMicros: (sale) => sale.floorMicros,
} as const satisfies Format;
