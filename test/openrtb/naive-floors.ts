import { highest, microsOf } from '../auction/naive-money.js';
import type { Guidance, NaiveAuction, NaiveBid, NaiveDeal, NaiveImpression } from './naive-auction.js';
import { admittedBy, narrowed, offersOf } from './naive-offers.js';
import { convertedUp } from './naive-rates.js';

/** The floor of a bid in the currency of the auction. */
export function floorOf(
  bid: NaiveBid,
  impression: NaiveImpression,
  auction: NaiveAuction,
  deal: NaiveDeal | undefined,
): bigint {
  const currency = (deal ?? impression).bidfloorcur ?? 'USD';
  const floor = deal ? floorOfDeal(bid, impression, auction, deal) : floorOnOffers(bid, impression, auction);
  return convertedUp(floor, currency, auction.request.cur?.[0] ?? 'USD', auction.options.rates);
}

function floorOnOffers(bid: NaiveBid, impression: NaiveImpression, auction: NaiveAuction): bigint {
  const plain = microsOf(impression.bidfloor ?? 0);
  const floors = fittingOffers(bid, impression, auction).map(({ timed }) =>
    timed ? byDuration(timed, bid, admittedBy([timed]), plain) : plain,
  );
  return floors.length === 0 ? plain : highest(floors);
}

/** Durations count where the bid may be for video or audio. */
function floorOfDeal(
  bid: NaiveBid,
  impression: NaiveImpression,
  auction: NaiveAuction,
  deal: NaiveDeal,
): bigint {
  const plain = microsOf(deal.bidfloor ?? 0);
  const fitting = fittingOffers(bid, impression, auction);
  if (fitting.length > 0 && fitting.every(({ timed }) => timed === undefined)) return plain;
  const timed = offersOf(impression).flatMap((offer) => offer.timed ?? []);
  return byDuration(deal, bid, admittedBy(timed), plain);
}

/** Whoever does not say a duration has the worst of those that are admitted. */
function byDuration(
  guidance: Guidance,
  { dur }: NaiveBid,
  admitted: readonly number[],
  plain: bigint,
): bigint {
  const floors = (dur ? [dur] : admitted).map((seconds) => floorAt(guidance, seconds, plain));
  return floors.length === 0 ? plain : highest(floors);
}

function floorAt({ durfloors = [], mincpmpersec = 0 }: Guidance, seconds: number, plain: bigint): bigint {
  const rows = durfloors.filter(
    ({ mindur = 0, maxdur = Infinity }) => mindur <= seconds && seconds <= maxdur,
  );
  if (rows.length > 0) return highest(rows.map(({ bidfloor = 0 }) => microsOf(bidfloor)));
  return mincpmpersec > 0 ? microsOf(mincpmpersec) * BigInt(seconds) : plain;
}

function fittingOffers(bid: NaiveBid, impression: NaiveImpression, { options }: NaiveAuction) {
  const offers = narrowed(impression, bid, options.required);
  return typeof offers === 'string' ? [] : offers;
}
