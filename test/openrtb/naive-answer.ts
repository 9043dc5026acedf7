import { decimalOf } from '../auction/naive-money.js';
import { LOSSES } from '../../src/base/loss-reasons.js';
import type { OpenRtbAnswer } from '../../src/schema/openrtb/clear-answer.js';
import type { Entry, NaiveAuction } from './naive-auction.js';
import { filled } from './naive-macros.js';

export interface Sold {
  readonly entry: Entry;
  readonly paidMicros: bigint;
}

export type NaiveAnswer = Omit<OpenRtbAnswer, 'seatbid'> & { readonly seatbid?: readonly object[] };
type Loss = OpenRtbAnswer['ext']['parley']['losses'][number];

/** The body of the answer, but for the rates that were used. */
export function answerOf(
  auction: NaiveAuction,
  entries: readonly Entry[],
  sold: readonly Sold[],
): NaiveAnswer {
  const lost = entries.filter((entry) => !sold.some((each) => each.entry === entry));
  const losses = [
    ...lost.filter(({ isPlaced }) => isPlaced).sort(byImpressionSeatAndId),
    ...lost.filter(({ isPlaced }) => !isPlaced),
  ].map((entry) => lossOf(entry, auction));
  const outcome = sold.length > 0 ? ('cleared' as const) : ('no-award' as const);
  const ext = { parley: { outcome, losses } };
  const { id, cur = [] } = auction.request;
  if (sold.length === 0) return { id, nbr: entries.length === 0 ? 500 : 501, ext };
  return { id, cur: cur[0] ?? 'USD', seatbid: seatbidsOf(auction, sold), ext };
}

function byImpressionSeatAndId(a: Entry, b: Entry): number {
  return (
    compare(a.bid.impid, b.bid.impid) ||
    compare(a.seat ?? '', b.seat ?? '') ||
    compare(a.bid.id, b.bid.id) ||
    a.response - b.response
  );
}

function lossOf(entry: Entry, auction: NaiveAuction): Loss {
  const { response, seat, bid, minimumMicros } = entry;
  const reason = entry.reason!;
  return {
    response,
    ...(seat !== undefined && { seat }),
    id: bid.id,
    impid: bid.impid,
    code: LOSSES[reason].code,
    reason,
    ...(minimumMicros !== undefined && { minimumToWin: decimalOf(minimumMicros) }),
    ...(bid.lurl !== undefined && { lurl: filled(bid.lurl, entry, auction) }),
  };
}

function seatbidsOf(auction: NaiveAuction, sold: readonly Sold[]): object[] {
  const seats = [...new Set(sold.map(({ entry }) => `${entry.response} ${entry.seat ?? ''}`))];
  return seats
    .map((seat) => sold.filter(({ entry }) => `${entry.response} ${entry.seat ?? ''}` === seat))
    .sort(
      ([a], [b]) =>
        a!.entry.response - b!.entry.response || compare(a!.entry.seat ?? '', b!.entry.seat ?? ''),
    )
    .map((group) => ({
      ...(group[0]!.entry.seat !== undefined && { seat: group[0]!.entry.seat }),
      bid: group
        .sort((a, b) => compare(a.entry.bid.impid, b.entry.bid.impid))
        .map((each) => winningBid(each, auction)),
    }));
}

function winningBid({ entry, paidMicros }: Sold, auction: NaiveAuction): object {
  const { bid, response, priceMicros, minimumMicros } = entry;
  const told: Record<string, string> = {};
  for (const member of ['nurl', 'burl', 'adm'] as const)
    if (bid[member] !== undefined) told[member] = filled(bid[member], entry, auction, paidMicros);
  if (bid.lurl !== undefined) told['lurl'] = filled(bid.lurl, entry, auction);
  const parley = {
    response,
    bidPrice: decimalOf(priceMicros),
    minimumToWin: decimalOf(minimumMicros!),
  };
  return { ...bid, ...told, price: decimalOf(paidMicros), ext: { parley } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
