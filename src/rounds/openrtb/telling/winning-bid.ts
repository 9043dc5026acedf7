import type { Award, Bid } from '../../../auction/model.js';
import type { Verdict } from '../../../policy/verdict.js';
import { nanosToDecimal } from '../../../scoring/units.js';
import type { Round } from '../../round.js';
import { ruleOf } from '../../rules/spoken.js';
import { reasoningOf } from '../../telling/explanation.js';
import type { OpenRtbAuction } from '../reading/build-auction.js';
import { amountOf } from './loss-detail.js';
import { fillText, winnersNotice } from './notices.js';
import type { PlacedBid } from '../reading/placed-bid.js';

/** Notices that a winner is called by, and its markup. */
const FILLED = ['nurl', 'burl', 'adm'] as const;

/** The bid as it was sent, with the price it pays and its macros filled in. */
export function winningBid(
  { request, round }: OpenRtbAuction,
  placed: PlacedBid,
  award: Award,
  verdicts: readonly Verdict[],
): object {
  const { bid } = placed.sent;
  const notice = winnersNotice(request, placed, award);
  const filled = FILLED.filter((name) => typeof bid[name] === 'string').map((name): [string, unknown] => [
    name,
    fillText(bid[name], notice, request),
  ]);
  // A loss notice tells no price, not even the own one: whoever reads it may be somebody else.
  const lurl = fillText(bid.lurl, { ...notice, clearingMicros: undefined }, request);
  return {
    ...bid,
    price: amountOf(award.priceMicros),
    ...Object.fromEntries(filled),
    ...(typeof lurl === 'string' ? { lurl } : {}),
    ext: { ...extOf(bid.ext), parley: explained(placed, award, round, verdicts) },
  };
}

function explained(placed: PlacedBid, award: Award, round: Round, verdicts: readonly Verdict[]): object {
  return {
    response: placed.sent.response,
    bidPrice: amountOf(placed.priceMicros),
    minimumToWin: amountOf(award.minimumToWinMicros),
    ...utilityOf(award.bid, round),
    ...(verdicts.length === 0 ? {} : { provisional: true, rules: verdicts.map(ruleOf) }),
    ...(round.explain ? reasoningOf(award.bid, round, verdicts) : {}),
  };
}

/** Nothing without a profile, or where the profile refuses the bid. */
export function utilityOf({ utilityNanos }: Bid, { ruling }: Round): object {
  if (ruling.scorer === undefined || Number.isNaN(utilityNanos)) return {};
  return { utility: Number(nanosToDecimal(utilityNanos)) };
}

function extOf(ext: unknown): object {
  const isObject = typeof ext === 'object' && ext !== null && !Array.isArray(ext);
  return isObject ? ext : {};
}
