import type { ClearedLot } from '../../auction/clear-lots.js';
import { type Bid, isAward, type Loss } from '../../auction/model.js';
import { MICROS_MAX, toMicros } from '../../base/money.js';
import type { Verdict } from '../../policy/verdict.js';
import { priceReachingFrom } from '../../scoring/price-reaching.js';
import type { Redecided } from '../replay/decide-again.js';

/** The nearest prices are tried, and no more. */
const CANDIDATES_MAX = 16;
const EVERY_PRICE = { lowestMicros: 0, highestMicros: MICROS_MAX };

/**
 * Prices at which what becomes of a bid can change: floors, limits of rules, and where it ties with a rival or passes it.
 * The nearest to its own come first.
 */
export function candidatePrices(loss: Loss, cleared: ClearedLot, again: Redecided): readonly number[] {
  const { bid } = loss;
  const { lot } = cleared;
  const floors = [
    bid.floorMicros,
    lot.floorMicros,
    lot.reserveMicros,
    ...lot.deals.map((deal) => deal.floorMicros),
  ];
  const rivals = rivalsOf(bid, cleared, again).flatMap((rival) => passing(bid, rival, again));
  const limits = (again.decision.verdicts.get(bid) ?? []).flatMap(limitOnPrice);
  const minimum = loss.minimumToWinMicros ?? bid.floorMicros;
  const prices = new Set([...floors, minimum, minimum + 1, ...rivals, ...limits]);
  const distance = (price: number): number => Math.abs(price - bid.priceMicros);
  return [...prices]
    .filter((price) => price >= 0 && price <= MICROS_MAX && price !== bid.priceMicros)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, CANDIDATES_MAX);
}

/** Those that won its lot; under rules about the whole round also its own seat's, and all that competed for the lot. */
function rivalsOf(bid: Bid, cleared: ClearedLot, { round, decision }: Redecided): readonly Bid[] {
  const winners = cleared.endings.filter(isAward).map((award) => award.bid);
  if ((round.ruling.rules?.seatLimits.length ?? 0) + (round.ruling.rules?.awardRules.length ?? 0) === 0)
    return winners;
  const awarded = decision.lots.flatMap(({ endings }) => endings.filter(isAward).map((award) => award.bid));
  const ofSeat = round.lots.flatMap(({ bids }) => bids.filter(({ seat }) => seat === bid.seat));
  return [...winners, ...cleared.ranked, ...awarded, ...ofSeat].filter((rival) => rival !== bid);
}

/** Where the bid ties with a rival, and where it goes before it. */
function passing(bid: Bid, rival: Bid, { round }: Redecided): readonly number[] {
  const { scorer } = round.ruling;
  const level = [rival.priceMicros, rival.priceMicros + 1];
  if (scorer === undefined) return level;
  const reaching = [rival.utilityNanos, rival.utilityNanos + 1].flatMap(
    (nanos) => priceReachingFrom(scorer, bid, nanos, EVERY_PRICE) ?? [],
  );
  return [...level, ...reaching, ...reaching.map((price) => price + 1)];
}

/** What a rule asks of the price, where it names a number. */
function limitOnPrice({ field, limit }: Verdict): readonly number[] {
  return field === 'price' && typeof limit === 'number' && limit >= 0 ? [toMicros(limit)] : [];
}
