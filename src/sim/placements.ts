import type { FormatName, LotRequest } from '../schema/round.js';
import type { Random } from './random.js';

/** One kind of inventory that publishers of the simulated market sell. */
export interface Placement {
  readonly title: string;
  readonly formats: readonly FormatName[];
  /** What buyers think it is worth, per unit or per click. */
  readonly worthCents: number;
  readonly lot: (random: Random) => LotRequest;
  /** The most units a bid asks for. */
  readonly unitsMax: number;
}

export const PLACEMENTS: readonly Placement[] = [
  {
    title: 'Homepage takeover, one day',
    formats: ['first-price', 'second-price'],
    worthCents: 1200,
    unitsMax: 1,
    lot: (random) => ({ id: 'homepage-takeover', floor: 9, ...(random.chance(40) ? { reserve: 11 } : {}) }),
  },
  {
    title: 'Newsletter sponsorship at its listed price',
    formats: ['fixed-price'],
    worthCents: 650,
    unitsMax: 1,
    lot: () => ({ id: 'newsletter', floor: 5.5 }),
  },
  {
    title: 'Connected-TV slot, prime time',
    formats: ['first-price', 'second-price', 'fixed-price'],
    worthCents: 2400,
    unitsMax: 1,
    lot: televisionLot,
  },
  {
    title: 'Podcast pre-roll, packages of ten thousand',
    formats: ['first-price', 'uniform-price'],
    worthCents: 1800,
    unitsMax: 6,
    lot: (random) => ({ id: 'podcast-pre-roll', floor: 12, quantity: random.between(6, 12) }),
  },
  {
    title: 'Sponsored listings, three positions, per click',
    formats: ['gsp', 'vcg'],
    worthCents: 80,
    unitsMax: 1,
    lot: () => ({ id: 'sponsored-listings', floor: 0.45, slots: [1, 0.6, 0.35] }),
  },
];

/** The one lot with deals: one for certain seats, one at an agreed price for the domains of certain advertisers. */
function televisionLot(random: Random): LotRequest {
  return {
    id: 'connected-tv',
    floor: 20,
    privateAuction: random.chance(25),
    deals: [
      { id: 'spring-tv', floor: 21, seats: ['maple', 'rowan'] },
      { id: 'always-on', floor: 22, format: 'fixed-price', domains: ['maple.example', 'rowan.example'] },
    ],
  };
}
