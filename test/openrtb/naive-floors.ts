import { highest, microsOf } from '../auction/naive-money.js';
import type { Guidance, NaiveAuction, NaiveBid, NaiveDeal, NaiveImpression } from './naive-auction.js';
import { longestAdmitted, narrowed, offersOf } from './naive-offers.js';
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
    timed ? (byDuration(timed, bid, longestAdmitted(timed), plain) ?? plain) : plain,
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
  const longest = offersOf(impression).map(({ timed }) => (timed ? longestAdmitted(timed) : 0));
  return byDuration(deal, bid, Math.max(0, ...longest), plain) ?? plain;
}

function byDuration(guidance: Guidance, bid: NaiveBid, longest: number, plain: bigint): bigint | undefined {
  const { durfloors = [], mincpmpersec = 0 } = guidance;
  const perSecond = (seconds: number) => microsOf(mincpmpersec) * BigInt(seconds);
  if (durfloors.length === 0 && mincpmpersec === 0) return undefined;
  const { dur } = bid;
  const rows = durfloors.filter(
    ({ mindur = 0, maxdur = Infinity }) => !dur || (mindur <= dur && dur <= maxdur),
  );
  const floors = rows.map(({ bidfloor = 0 }) => microsOf(bidfloor));
  if (!dur) return highest([plain, perSecond(longest), ...floors]);
  if (floors.length > 0) return highest(floors);
  return mincpmpersec > 0 ? perSecond(dur) : undefined;
}

function fittingOffers(bid: NaiveBid, impression: NaiveImpression, { options }: NaiveAuction) {
  const offers = narrowed(impression, bid, options.required);
  return typeof offers === 'string' ? [] : offers;
}
