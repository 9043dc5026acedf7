import type { DealRequest, LotRequest } from '../schema/round.js';
import type { Random } from './random.js';
import type { StrategyName } from './seats.js';

/** What a seat looks at before it bids. */
export interface Opportunity {
  readonly lot: LotRequest;
  /** What buyers think the lot is worth, per unit or per click. */
  readonly worthCents: number;
}

/** What a seat decides to bid. */
export interface Move {
  readonly priceCents: number;
  readonly deal?: string;
}

export type Strategy = (opportunity: Opportunity, random: Random) => Move;

export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  steady: ({ worthCents }, random) => ({ priceCents: share(worthCents, random.between(90, 105)) }),
  aggressive: bidAggressively,
  'bargain hunter': ({ worthCents }, random) => ({ priceCents: share(worthCents, random.between(50, 95)) }),
  'deal holder': useDeal,
};

/** A campaign that ended; agents that were not told still name it. */
const EXPIRED_DEAL = 'winter-tv';

/** Pays for reach, and now and then names a deal it is not part of, or one that is over. */
function bidAggressively({ lot, worthCents }: Opportunity, random: Random): Move {
  const priceCents = share(worthCents, random.between(98, 125));
  if (lot.deals === undefined || !random.chance(20)) return { priceCents };
  return { priceCents, deal: random.chance(30) ? EXPIRED_DEAL : random.pick(lot.deals).id };
}

/** Bids for a deal where there is one, close to its floor and sometimes under it. */
function useDeal({ lot, worthCents }: Opportunity, random: Random): Move {
  if (lot.deals === undefined) return { priceCents: share(worthCents, random.between(85, 100)) };
  const deal = random.pick(lot.deals);
  return { priceCents: share(floorCents(deal, worthCents), random.between(94, 120)), deal: deal.id };
}

function floorCents({ floor }: DealRequest, worthCents: number): number {
  return floor === undefined ? worthCents : Math.round(floor * 100);
}

/** Agents bid in steps of five cents, so that some of them tie. */
function share(cents: number, percent: number): number {
  return Math.round((cents * percent) / 500) * 5;
}
