import type { BidRule, CompiledRules } from './compiled-rules.js';
import type { Subject } from './subject.js';
import type { Verdict } from './verdict.js';

const SILENCE: readonly Verdict[] = [];

/** Everything that the rules say against a bid taken alone, the binding verdict first; empty when it may compete. */
export function judgeBid({ bidRules }: CompiledRules, subject: Subject): readonly Verdict[] {
  return ask(bidRules, subject);
}

/**
 * What limits on the bids of a seat say, bid by bid. The bids come in rank order over the whole round, the best first,
 * and only those that nothing else keeps from competing: a bid that is out anyway uses up no place.
 */
export function limitBids(
  { seatLimits }: CompiledRules,
  ranked: readonly Subject[],
): readonly (readonly Verdict[])[] {
  const counters = seatLimits.map(({ start }) => start());
  return ranked.map((subject) => ask(counters, subject));
}

/** The rules stand in binding order, so their verdicts do. */
function ask(rules: readonly BidRule[], subject: Subject): readonly Verdict[] {
  let spoken: Verdict[] | undefined;
  for (const rule of rules) {
    const verdict = rule(subject);
    if (verdict !== undefined) (spoken ??= []).push(verdict);
  }
  return spoken ?? SILENCE;
}
