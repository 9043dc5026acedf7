import { invariant } from '../../base/assert.js';
import type { Rule, RuleKind, RuleOf } from '../../schema/policy.js';
import type { AttributePlaces } from '../attribute-places.js';
import type { AwardRule, BidRule, KindCompiler, SeatLimit } from '../compiled-rules.js';
import { type PlacedRule, type Speak, voiceOf } from '../verdict.js';

/** A kind whose rules judge each bid alone. */
export function judgesBids<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak, places: AttributePlaces) => BidRule,
): KindCompiler {
  return {
    judges: 'bids',
    kind,
    compile: (placed, places) => compile(ofKind(placed, kind), voiceOf(placed), places),
  };
}

/** A kind whose rules look at the awards of a round. */
export function judgesAwards<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak) => AwardRule['start'],
): KindCompiler {
  return { judges: 'awards', kind, compile: (placed) => compile(ofKind(placed, kind), voiceOf(placed)) };
}

/** A kind whose rules count the bids of a seat. */
export function limitsSeats<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak) => SeatLimit['start'],
): KindCompiler {
  return {
    judges: 'bids of a seat',
    kind,
    compile: (placed) => compile(ofKind(placed, kind), voiceOf(placed)),
  };
}

function ofKind<K extends RuleKind>({ rule }: PlacedRule, kind: K): RuleOf<K> {
  invariant(isOfKind(rule, kind), `a rule of kind ${rule.kind} does not go to the compiler of ${kind}`);
  return rule;
}

function isOfKind<K extends RuleKind>(rule: Rule, kind: K): rule is RuleOf<K> & Rule {
  return rule.kind === kind;
}
