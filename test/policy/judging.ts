import { attributeNames } from '../../src/policy/attribute-layout.js';
import { compilePolicies } from '../../src/policy/compile-policies.js';
import { startRound } from '../../src/policy/judge-awards.js';
import { judgeBid, limitBids } from '../../src/policy/judge-bid.js';
import type { NamedPolicy } from '../../src/policy/named-policy.js';
import type { Verdict } from '../../src/policy/verdict.js';
import { subjectOf, type WireBid } from './wire-bids.js';

/** All that policies say about the bids of a round: alone, among the bids of their seats, and as awards. */
export interface Judgement {
  readonly alone: readonly (readonly Verdict[])[];
  readonly amongSeat: readonly (readonly Verdict[])[];
  /** An award against which nothing is a denial is taken before the next one is judged. */
  readonly awarded: readonly (readonly Verdict[])[];
}

export function judgeRanked(policies: readonly NamedPolicy[], ranked: readonly WireBid[]): Judgement {
  const layout = attributeNames(policies);
  const rules = compilePolicies(policies, layout);
  const subjects = ranked.map((bid) => subjectOf(bid, layout));
  const round = startRound(rules);
  return {
    alone: subjects.map((subject) => judgeBid(rules, subject)),
    amongSeat: limitBids(rules, subjects),
    awarded: subjects.map((subject) => {
      const verdicts = round.judge(subject, subject.quantity);
      if (verdicts.every(({ effect }) => effect !== 'deny')) round.take(subject, subject.quantity);
      return verdicts;
    }),
  };
}

/** What one rule says of a bid, given the bids that rank higher, all of which were awarded. */
export function judgeLast(
  policy: NamedPolicy,
  earlier: readonly WireBid[],
  bid: WireBid,
): readonly Verdict[] {
  const { alone, amongSeat, awarded } = judgeRanked([policy], [...earlier, bid]);
  return [alone, amongSeat, awarded].flatMap((verdicts) => verdicts.at(-1) ?? []);
}
