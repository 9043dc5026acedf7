import type { Format } from './format.js';

/** Every unit costs the same: the highest bid that won nothing, or the floor. */
export const uniformPrice = {
  name: 'uniform-price',
  sells: 'units',
  takesDeals: false,
  takesProfiles: false,
  pricedByFloor: false,
  priceMicros: (sale) => Math.max(sale.ranked[sale.awarded]?.priceMicros ?? 0, sale.floorMicros),
} as const satisfies Format;
