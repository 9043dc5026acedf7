import { attributeNames } from '../../src/policy/attribute-layout.js';
import { compilePolicies } from '../../src/policy/compile-policies.js';
import { startRound } from '../../src/policy/judge-awards.js';
import { judgeBid, limitBids } from '../../src/policy/judge-bid.js';
import type { NamedPolicy } from '../../src/policy/named-policy.js';
import type { Verdict } from '../../src/policy/verdict.js';
import { settingOf, subjectOf, type WireBid, type WireSetting } from './wire-bids.js';

/** All that policies say about the bids of a round: alone, among the bids of their seats, and as awards. */
export interface Judgement {
  readonly alone: readonly (readonly Verdict[])[];
  readonly amongSeat: readonly (readonly Verdict[])[];
  /** An award against which nothing is a denial is taken before the next one is judged. */
  readonly awarded: readonly (readonly Verdict[])[];
}

export function judgeRanked(
  policies: readonly NamedPolicy[],
  ranked: readonly WireBid[],
  wireSetting?: WireSetting,
): Judgement {
  const layout = attributeNames(policies);
  const rules = compilePolicies(policies, layout);
  const subjects = ranked.map((bid) => subjectOf(bid, layout));
  const setting = settingOf(wireSetting);
  const round = startRound(rules);
  return {
    alone: subjects.map((subject) => judgeBid(rules, subject, setting)),
    amongSeat: limitBids(rules, subjects),
    awarded: subjects.map((subject) => {
      const verdicts = round.judge(subject, subject.quantity);
      if (verdicts.every(({ effect }) => effect !== 'deny')) round.take(subject, subject.quantity);
      return verdicts;
    }),
  };
}

/** One bid that a rule is asked about: better bids of the round were all awarded. */
export interface Situation {
  readonly bid: WireBid;
  readonly earlier?: readonly WireBid[];
  readonly setting?: WireSetting;
}

export function judgeLast(
  policy: NamedPolicy,
  { bid, earlier = [], setting }: Situation,
): readonly Verdict[] {
  const { alone, amongSeat, awarded } = judgeRanked([policy], [...earlier, bid], setting);
  return [alone, amongSeat, awarded].flatMap((verdicts) => verdicts.at(-1) ?? []);
}
