import type { Loss } from '../../auction/model.js';
import type { LossDetail } from '../../schema/answer.js';
import { detailOf as openRtbDetailOf } from '../openrtb/telling/loss-detail.js';
import type { Redecided } from '../replay/decide-again.js';
import { verdictsOn } from '../rules/spoken.js';
import { detailOf } from '../telling/explanation.js';

/** Which field decided against a bid, what it said, and what it would have had to reach: as an answer with `explain` has it. */
export function lossDetailOf(loss: Loss, { round, decision, sentBids }: Redecided): LossDetail {
  const verdicts = verdictsOn(loss, decision.verdicts);
  const placed = sentBids?.get(loss.bid.id);
  return placed === undefined
    ? detailOf(loss, round, verdicts)
    : openRtbDetailOf(loss, placed, round, verdicts);
}
