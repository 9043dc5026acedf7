import type { BidRequest, LotRequest, RoundRequest } from '../schema/round.js';
import { type Placement, PLACEMENTS } from './placements.js';
import { type Random, seededRandom } from './random.js';
import { type Seat, SEATS } from './seats.js';
import { STRATEGIES } from './strategies.js';

/** A sealed round of the simulated market, and what is sold in it in words. */
export interface MarketRound {
  readonly title: string;
  readonly request: RoundRequest;
}

/** Rounds without end: publishers put up lots, seats bid on them. The same seed gives the same rounds. */
export function* marketRounds(seed: number): Generator<MarketRound, never> {
  const random = seededRandom(seed);
  for (let number = 1; ; number++) {
    const placement = random.pick(PLACEMENTS);
    yield { title: placement.title, request: openRound(`market-${number}`, placement, random) };
  }
}

const SEATS_PRESENT_PERCENT = 85;

function openRound(id: string, placement: Placement, random: Random): RoundRequest {
  const format = random.pick(placement.formats);
  const lot = placement.lot(random);
  const present = SEATS.filter(() => random.chance(SEATS_PRESENT_PERCENT));
  const bids = present.map((seat) => bidOf(seat, lot, placement, random));
  return { id, format, currency: 'USD', lots: [lot], bids };
}

function bidOf(seat: Seat, lot: LotRequest, { worthCents, unitsMax }: Placement, random: Random): BidRequest {
  const { priceCents, deal } = STRATEGIES[seat.strategy]({ lot, worthCents }, random);
  return {
    id: `${lot.id}-${seat.name}`,
    seat: seat.name,
    lot: lot.id,
    price: priceCents / 100,
    ...(unitsMax > 1 ? { quantity: random.between(1, unitsMax) } : {}),
    ...(deal === undefined ? {} : { deal }),
    domains: [seat.domain],
  };
}
