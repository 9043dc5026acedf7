import type { ClearedLot } from '../../auction/clear-lots.js';
import { type Award, type Bid, isAward, type Loss, type Lot } from '../../auction/model.js';
import { LOSSES } from '../../base/loss-reasons.js';
import type { ExplainedAward, LotExplanation, RankedBid, StoppedBid } from '../../schema/explanation.js';
import { nanosToDecimal } from '../../scoring/units.js';
import type { Redecided } from '../replay/decide-again.js';
import { verdictsOn } from '../rules/spoken.js';
import { reasoningOf, verdictMembers } from '../telling/explanation.js';
import { amountOf, millionthsOf, offerOf } from './amounts.js';
import { explainPrice } from './explain-price.js';
import { lossDetailOf } from './loss-detail-of.js';
import { smallestChange } from './smallest-change.js';
import type { Trials } from './trials.js';

/** One lot: what was sold, what stopped whom, what ranked where, and what the winners pay. */
export function explainLot(cleared: ClearedLot, again: Redecided, trials: Trials): LotExplanation {
  const ranked = explainRanking(cleared, again, trials);
  const competed = new Set(cleared.ranked);
  const stopped = cleared.endings.filter(
    (ending): ending is Loss => !isAward(ending) && !competed.has(ending.bid),
  );
  const awards = cleared.endings.filter(isAward);
  return {
    ...explainTerms(cleared.lot, again),
    bids: cleared.endings.length,
    stopped: stopped.toSorted(byPrice).map((loss) => explainStopped(loss, cleared, again, trials)),
    ranked,
    awards: awards
      .toSorted((a, b) => cleared.ranked.indexOf(a.bid) - cleared.ranked.indexOf(b.bid))
      .map((award) => explainAward(award, cleared, again)),
  };
}

function explainTerms(
  { id, floorMicros, reserveMicros, quantity, slotWeights, ...lot }: Lot,
  { round }: Redecided,
) {
  const sellsSlots = round.format === 'gsp' || round.format === 'vcg';
  return {
    lot: id,
    floor: amountOf(floorMicros),
    ...(reserveMicros === 0 ? {} : { reserve: amountOf(reserveMicros) }),
    ...(quantity === 1 ? {} : { quantity }),
    ...(sellsSlots ? { slots: slotWeights.map(millionthsOf) } : {}),
    ...(lot.privateAuction ? { privateAuction: true } : {}),
    ...(lot.deals.length === 0 ? {} : { deals: lot.deals.map(explainDeal) }),
  };
}

function explainDeal({ id, floorMicros, format }: Lot['deals'][number]) {
  return { id, floor: amountOf(floorMicros), ...(format === undefined ? {} : { format }) };
}

function byPrice(a: Loss, b: Loss): number {
  return b.bid.priceMicros - a.bid.priceMicros;
}

function explainStopped(loss: Loss, cleared: ClearedLot, again: Redecided, trials: Trials): StoppedBid {
  return {
    ...offerOf(loss.bid),
    ...utilityMember(loss.bid, again),
    ...explainLoss(loss, cleared, again, trials),
  };
}

function explainLoss(loss: Loss, cleared: ClearedLot, again: Redecided, trials: Trials) {
  const { code, sentence } = LOSSES[loss.reason];
  const verdicts = verdictsOn(loss, again.decision.verdicts);
  return {
    code,
    reason: loss.reason,
    sentence,
    detail: lossDetailOf(loss, again),
    ...(verdicts.length === 0 ? {} : { verdicts: verdicts.map(verdictMembers) }),
    change: smallestChange({ loss, cleared, again, trials }),
  };
}

function explainRanking(cleared: ClearedLot, again: Redecided, trials: Trials): RankedBid[] {
  const endings = new Map(cleared.endings.map((ending) => [ending.bid, ending]));
  return cleared.ranked.map((bid, index) => {
    const ending = endings.get(bid)!;
    const next = cleared.ranked[index + 1];
    const tieHash = again.decision.ties.get(bid.id);
    const { terms } = reasoningOf(bid, again.round, []);
    return {
      place: index + 1,
      ...offerOf(bid),
      ...utilityMember(bid, again),
      ...(terms === undefined ? {} : { terms: [...terms] }),
      ...(bid.dealId === undefined ? {} : { deal: bid.dealId }),
      ...(bid.quantity === 1 ? {} : { quantity: bid.quantity }),
      ...(tieHash === undefined ? {} : { tieHash }),
      ...(next === undefined ? {} : { before: precedence(bid, next, again) }),
      won: isAward(ending),
      ...(isAward(ending) ? {} : explainLoss(ending, cleared, again, trials)),
    };
  });
}

/** Why a bid stands before the next one: see auction/ranking.ts. */
function precedence(bid: Bid, next: Bid, { decision }: Redecided): NonNullable<RankedBid['before']> {
  if (bid.utilityNanos !== next.utilityNanos) return 'utility';
  if (bid.priceMicros !== next.priceMicros) return 'price';
  if ((bid.deal === undefined) !== (next.deal === undefined)) return 'deal';
  return decision.ties.has(bid.id) && decision.ties.has(next.id) ? 'tie-hash' : 'nothing';
}

function utilityMember({ utilityNanos }: Bid, { round }: Redecided) {
  if (round.ruling.scorer === undefined || Number.isNaN(utilityNanos)) return {};
  return { utility: Number(nanosToDecimal(utilityNanos)) };
}

function explainAward(award: Award, cleared: ClearedLot, again: Redecided): ExplainedAward {
  const { bid, priceMicros, quantity, slot, minimumToWinMicros } = award;
  const verdicts = verdictsOn(award, again.decision.verdicts);
  return {
    ...offerOf(bid),
    pays: amountOf(priceMicros),
    quantity,
    ...(slot === undefined ? {} : { slot }),
    minimumToWin: amountOf(minimumToWinMicros),
    pricing: explainPrice(award, cleared, again.round),
    ...(verdicts.length === 0 ? {} : { provisional: verdicts.map(verdictMembers) }),
  };
}
