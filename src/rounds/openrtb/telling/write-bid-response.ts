import { isAward, type Loss } from '../../../auction/model.js';
import { LOSSES } from '../../../base/loss-reasons.js';
import { asciiJson } from '../../../base/quote.js';
import type { Verdict } from '../../../policy/verdict.js';
import { compareText } from '../../../auction/ranking.js';
import type { ClearedLot } from '../../../auction/clear-lots.js';
import type { Decision } from '../../decide-round.js';
import { reasoningOf } from '../../telling/explanation.js';
import { ruleOf, verdictsOn } from '../../rules/spoken.js';
import type { OpenRtbAuction } from '../reading/build-auction.js';
import { amountOf, detailOf } from './loss-detail.js';
import { fillText, losersNotice, unreadableNotice } from './notices.js';
import type { PlacedBid } from '../reading/placed-bid.js';
import type { UnreadableBid } from '../reading/sent-bids.js';
import { utilityOf, winningBid } from './winning-bid.js';

/** No-bid reasons of our own: the standard leaves 500 and above to exchanges. API.md prints them. */
const NO_BIDS = 500;
const ALL_BIDS_LOST = 501;

interface Winner {
  readonly placed: PlacedBid;
  readonly bid: object;
}

/** The body of the answer: a bid response with the bids that won, and why every other bid did not. */
export function writeBidResponse(auction: OpenRtbAuction, decision: Decision): string {
  const { request, round, bids, unreadable } = auction;
  const winners: Winner[] = [];
  const losses: object[] = [];
  for (const { ending, placed } of decision.lots.flatMap((lot) => inOrder(lot, bids))) {
    const verdicts = verdictsOn(ending, decision.verdicts);
    if (isAward(ending)) winners.push({ placed, bid: winningBid(auction, placed, ending, verdicts) });
    else losses.push(lossOf(auction, placed, ending, verdicts));
  }
  losses.push(...unreadable.map((bid) => unreadableLoss(auction, bid)));
  const won =
    winners.length > 0
      ? { cur: round.currency, seatbid: seatbidsOf(winners) }
      : { nbr: losses.length === 0 ? NO_BIDS : ALL_BIDS_LOST };
  const parley = { outcome: decision.outcome, losses, ...citationsOf(auction) };
  return asciiJson({ id: request.id, ...won, ext: { parley } });
}

/** By seat and id as they were sent, and not by the names that bids have in the round. */
function inOrder({ endings }: ClearedLot, bids: OpenRtbAuction['bids']) {
  return endings
    .map((ending) => ({ ending, placed: bids.get(ending.bid.id)! }))
    .sort(({ placed: { sent: a } }, { placed: { sent: b } }) => {
      return (
        compareText(a.seat ?? '', b.seat ?? '') || compareText(a.bid.id, b.bid.id) || a.response - b.response
      );
    });
}

/** One group for each seat of each response. */
function seatbidsOf(winners: readonly Winner[]): readonly object[] {
  const groups = new Map<string, Winner[]>();
  for (const winner of winners.toSorted(bySender)) {
    const { response, seat } = winner.placed.sent;
    const key = JSON.stringify([response, seat]);
    groups.set(key, [...(groups.get(key) ?? []), winner]);
  }
  return [...groups.values()].map((group) => ({
    ...seatMember(group[0]!.placed.sent.seat),
    bid: group.map(({ bid }) => bid),
  }));
}

/** Sorting is stable, so bids of a seat stay in the order of their impressions. */
function bySender({ placed: a }: Winner, { placed: b }: Winner): number {
  return a.sent.response - b.sent.response || compareText(a.sent.seat ?? '', b.sent.seat ?? '');
}

function lossOf(
  { request, round }: OpenRtbAuction,
  placed: PlacedBid,
  loss: Loss,
  verdicts: readonly Verdict[],
): object {
  const { sent } = placed;
  const { reason, minimumToWinMicros: minimum } = loss;
  const [binding] = verdicts;
  return {
    response: sent.response,
    ...seatMember(sent.seat),
    id: sent.bid.id,
    impid: sent.bid.impid,
    code: LOSSES[reason].code,
    reason,
    ...(binding === undefined ? {} : { rule: ruleOf(binding) }),
    ...(round.explain ? { detail: detailOf(loss, placed, round, verdicts) } : {}),
    ...(round.explain ? { ...reasoningOf(loss.bid, round, verdicts), ...utilityOf(loss.bid, round) } : {}),
    ...(minimum === undefined ? {} : { minimumToWin: amountOf(minimum) }),
    ...lurlMember(fillText(sent.bid.lurl, losersNotice(request, placed, loss), request)),
  };
}

function unreadableLoss({ request, round }: OpenRtbAuction, bid: UnreadableBid): object {
  const { sent, reason, field } = bid;
  const named = (['id', 'impid'] as const).filter((name) => typeof sent[name] === 'string');
  return {
    response: bid.response,
    ...seatMember(bid.seat),
    ...Object.fromEntries(named.map((name) => [name, sent[name]])),
    code: LOSSES[reason].code,
    reason,
    ...(round.explain ? { detail: { field } } : {}),
    ...lurlMember(fillText(sent['lurl'], unreadableNotice(request, bid), request)),
  };
}

function seatMember(seat: string | undefined): object {
  return seat === undefined ? {} : { seat };
}

function lurlMember(lurl: unknown): object {
  return typeof lurl === 'string' ? { lurl } : {};
}

function citationsOf({ round: { ruling }, rates }: OpenRtbAuction): object {
  const { policies, profile } = ruling;
  const { used } = rates;
  return {
    ...(policies.length === 0 ? {} : { policies: policies.map(({ reference }) => reference) }),
    ...(profile === undefined ? {} : { profile: profile.reference }),
    ...(used === undefined ? {} : { rates: used }),
  };
}
