import { bindingFloor, publishedFloor } from './naive-eligibility.js';
import type { Entry } from './naive-entry.js';
import { highest, lowest, microsOf } from './naive-money.js';
import { type Sale, slotWeights } from './naive-sale.js';
import { priceReaching } from './naive-utility.js';

export function clearingPrice(sale: Sale, winner: Entry): bigint {
  const floor = bindingFloor(sale.lot, winner.bid);
  switch (formatOf(sale, winner)) {
    case 'first-price':
      return winner.price;
    case 'fixed-price':
      return floor;
    case 'second-price':
      return overtake(sale, winner, sale.rivals[0]);
    case 'gsp':
      return overtake(sale, winner, [...sale.winners, ...sale.rivals][sale.winners.indexOf(winner) + 1]);
    case 'uniform-price':
      return highest([floor, sale.rivals[0]?.price ?? 0n]);
    case 'vcg':
      return externality(sale, winner, floor);
  }
}

/** The price at which the winner ties with the best bid that it outbid. */
export function minimumOfWinner(sale: Sale, winner: Entry): bigint {
  const floor = bindingFloor(sale.lot, winner.bid);
  const [rival] = sale.rivals;
  if (formatOf(sale, winner) === 'fixed-price' || rival === undefined) return floor;
  return highest([floor, tieWith(sale, winner, rival)!]);
}

/** The price at which the loser ties with the lowest winner; undefined where no price does. */
export function minimumOfLoser(sale: Sale, loser: Entry): bigint | undefined {
  const floor = publishedFloor(sale.lot, loser.bid);
  const tie = sale.soldOut ? tieWith(sale, loser, sale.winners.at(-1)!) : 0n;
  return tie === undefined ? undefined : highest([floor, tie]);
}

function formatOf({ round }: Sale, { deal }: Entry) {
  return deal?.format ?? round.format;
}

function tieWith({ round }: Sale, entry: Entry, rival: Entry): bigint | undefined {
  if (round.profile === undefined) return rival.price;
  return priceReaching(round.profile, entry.utility!, rival.utility!.nanos);
}

/**
 * A step above the rival (with a profile: what ties with it), at least the floor, never above the own bid; without a
 * rival the floor.
 */
function overtake(sale: Sale, winner: Entry, rival: Entry | undefined): bigint {
  const floor = bindingFloor(sale.lot, winner.bid);
  if (rival === undefined) return floor;
  const step = sale.round.profile === undefined ? microsOf(sale.round.increment ?? 0.01) : 0n;
  return lowest([winner.price, highest([floor, tieWith(sale, winner, rival)! + step])]);
}

/** What the others lose through this winner, per unit of its slot's weight. */
function externality(sale: Sale, winner: Entry, floor: bigint): bigint {
  const weights = [...slotWeights(sale.lot), 0n];
  const competing = [...sale.winners, ...sale.rivals];
  let harm = 0n;
  for (let slot = sale.winners.indexOf(winner); slot < weights.length - 1; slot += 1) {
    const next = competing[slot + 1]?.price ?? floor;
    harm += (weights[slot]! - weights[slot + 1]!) * highest([floor, next]);
  }
  const weight = weights[sale.winners.indexOf(winner)]!;
  return harm % weight === 0n ? harm / weight : harm / weight + 1n;
}
