import type { CompiledRules } from './compiled-rules.js';
import type { Setting, Subject } from './subject.js';
import type { Verdict } from './verdict.js';

const SILENCE: readonly Verdict[] = [];

/** Everything that the rules say against a bid taken alone, the binding verdict first; empty when it may compete. */
export function judgeBid(
  { bidRules }: CompiledRules,
  subject: Subject,
  setting: Setting,
): readonly Verdict[] {
  let spoken: Verdict[] | undefined;
  // The rules stand in binding order, so their verdicts do.
  for (const rule of bidRules) {
    const verdict = rule(subject, setting);
    if (verdict !== undefined) (spoken ??= []).push(verdict);
  }
  return spoken ?? SILENCE;
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
  return ranked.map((subject) => counters.flatMap((count) => count(subject) ?? SILENCE));
}
