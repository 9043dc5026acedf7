import { type Bid, isAward, type Award, type Loss } from '../../auction/model.js';
import type { Verdict } from '../../policy/verdict.js';
import { CARRIED_VERSION } from '../../schema/catalogue.js';
import { explainUtility, writeExplanation } from '../../scoring/explain-utility.js';
import { refusedFor } from '../../scoring/naive.js';
import { lossDetail } from './loss-detail.js';
import type { Round } from '../round.js';

/** What an answer says more about an ending when it is asked to explain: members to be put behind the others. */
export function explanationOf(ending: Award | Loss, round: Round, verdicts: readonly Verdict[]) {
  return {
    ...(isAward(ending) ? {} : { detail: detailOf(ending, round, verdicts) }),
    ...reasoningOf(ending.bid, round, verdicts),
  };
}

/** What the policies said, and how the utility came about. */
export function reasoningOf(bid: Bid, round: Round, verdicts: readonly Verdict[]) {
  const terms = termsOf(bid, round);
  return {
    ...(verdicts.length === 0 ? {} : { verdicts: verdicts.map(verdictMembers) }),
    ...(terms === undefined ? {} : { terms }),
  };
}

export function detailOf(loss: Loss, round: Round, [binding]: readonly Verdict[]) {
  if (loss.reason === 'UTILITY_ATTRIBUTE_MISSING') return { field: missingAttribute(loss.bid, round) };
  return lossDetail(loss, binding);
}

/** The attribute that a bid would have had to say. */
export function missingAttribute({ attributes: values }: Bid, { ruling }: Round): string {
  const { profile, layout } = ruling;
  const name = profile === undefined ? undefined : refusedFor(profile.compiled, { layout, values });
  return name === undefined ? 'attributes' : `attributes.${name}`;
}

/** A verdict as answers show it. */
export function verdictMembers(verdict: Verdict) {
  const { version, policy, ...members } = verdict;
  return version === CARRIED_VERSION ? { policy, ...members } : { policy, version, ...members };
}

/** Nothing without a profile, or where the profile refuses the bid. */
function termsOf({ priceMicros, attributes }: Bid, { ruling }: Round) {
  if (ruling.profile === undefined) return undefined;
  const explained = explainUtility(ruling.profile.compiled, priceMicros, {
    layout: ruling.layout,
    values: attributes,
  });
  return explained && writeExplanation(explained).terms;
}
