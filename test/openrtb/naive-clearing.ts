import { highest, lowest, microsOf } from '../auction/naive-money.js';
import type { LossReason } from '../../src/base/loss-reasons.js';
import type { Entry, NaiveAuction, NaiveImpression } from './naive-auction.js';
import { answerOf, type NaiveAnswer, type Sold } from './naive-answer.js';
import { floorOf } from './naive-floors.js';
import { enterAll } from './naive-entries.js';
import { convertedDown } from './naive-rates.js';
import { isBelow, whyScreened } from './naive-screening.js';

/**
 * What OPENRTB.md says, a second time, as plainly and slowly as it takes: the engine's twin. It shares nothing with src/ but
 * the names and numbers of loss reasons. Equal bids are the one thing that it cannot decide: `isFavoured` says who won.
 */
export function clearNaively(auction: NaiveAuction, isFavoured: (entry: Entry) => boolean): NaiveAnswer {
  const entries = enterAll(auction);
  for (const entry of entries) if (entry.isPlaced) judge(entry, auction);
  const sold = auction.request.imp.flatMap((impression) => sell(impression, entries, auction, isFavoured));
  return answerOf(auction, entries, sold);
}

function judge(entry: Entry, auction: NaiveAuction): void {
  const { rates } = auction.options;
  const price = microsOf(entry.bid.price);
  const impression = entry.impression!;
  entry.priceMicros = convertedDown(price, entry.currency, auction.request.cur?.[0] ?? 'USD', rates);
  entry.floorMicros = floorOf(entry.bid, impression, auction, dealOf(entry));
  entry.reason = whyScreened(entry, auction) ?? whyNotEligible(entry, impression);
}

function whyNotEligible(entry: Entry, { pmp }: NaiveImpression): LossReason | undefined {
  const deal = dealOf(entry);
  if (deal === undefined) {
    if (entry.bid.dealid) return 'INVALID_DEAL';
    if (pmp?.private_auction === 1) return 'PRIVATE_AUCTION';
    return entry.priceMicros < entry.floorMicros ? 'BELOW_FLOOR' : undefined;
  }
  const { wseat = [], wadomain = [] } = deal;
  if (wseat.length > 0 && !wseat.some((seat) => seat === entry.seat)) return 'SEAT_BLOCKED';
  if (wadomain.length > 0 && !isInside(entry.bid.adomain ?? [], wadomain)) return 'NOT_ALLOWED_IN_DEAL';
  return entry.priceMicros < entry.floorMicros ? 'BELOW_DEAL_FLOOR' : undefined;
}

function isInside(domains: readonly string[], allowed: readonly string[]): boolean {
  return domains.length > 0 && domains.every((name) => isBelow(name, allowed));
}

function sell(
  impression: NaiveImpression,
  entries: readonly Entry[],
  auction: NaiveAuction,
  isFavoured: (entry: Entry) => boolean,
): Sold[] {
  const placed = entries.filter((entry) => entry.isPlaced && entry.impression === impression);
  const ranked = placed.filter(({ reason }) => reason === undefined).sort(byRank(isFavoured));
  const [winner, runnerUp] = ranked;
  for (const loser of ranked.slice(1)) loser.reason = winner && dealOf(winner) ? 'OUTBID_BY_DEAL' : 'OUTBID';
  for (const loser of placed) if (loser !== winner) loser.minimumMicros = losersMinimum(loser, winner);
  if (winner === undefined) return [];
  winner.minimumMicros = winnersMinimum(winner, runnerUp);
  return [{ entry: winner, paidMicros: priceOf(winner, runnerUp, auction) }];
}

function byRank(isFavoured: (entry: Entry) => boolean) {
  return (a: Entry, b: Entry): number =>
    Number(b.priceMicros - a.priceMicros) ||
    Number(dealOf(b) !== undefined) - Number(dealOf(a) !== undefined) ||
    Number(isFavoured(b)) - Number(isFavoured(a));
}

function priceOf(winner: Entry, runnerUp: Entry | undefined, { request }: NaiveAuction): bigint {
  const at = dealOf(winner)?.at ?? request.at ?? 2;
  if (at === 1) return winner.priceMicros;
  if (at === 3 || runnerUp === undefined) return winner.floorMicros;
  const increment = microsOf(request.ext?.parley.increment ?? 0.01);
  return lowest([winner.priceMicros, highest([winner.floorMicros, runnerUp.priceMicros + increment])]);
}

function winnersMinimum(winner: Entry, runnerUp: Entry | undefined): bigint {
  if (runnerUp === undefined || dealOf(winner)?.at === 3) return winner.floorMicros;
  return highest([winner.floorMicros, runnerUp.priceMicros]);
}

const DECIDED_BY_PRICE: readonly (LossReason | undefined)[] = [
  'BELOW_FLOOR',
  'BELOW_DEAL_FLOOR',
  'OUTBID',
  'OUTBID_BY_DEAL',
];

function losersMinimum(loser: Entry, winner: Entry | undefined): bigint | undefined {
  if (!DECIDED_BY_PRICE.includes(loser.reason)) return undefined;
  return highest([loser.floorMicros, winner?.priceMicros ?? 0n]);
}

function dealOf({ bid, impression }: Entry) {
  return impression?.pmp?.deals?.find(({ id }) => id === bid.dealid);
}
