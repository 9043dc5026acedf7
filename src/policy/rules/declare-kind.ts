import { invariant } from '../../base/assert.js';
import type { Rule, RuleKind, RuleOf } from '../../schema/policy.js';
import type { AwardRule, BidRule, KindCompiler, SeatLimit, Workshop } from '../compiled-rules.js';
import { type PlacedRule, type Speak, voiceOf } from '../verdict.js';

/** A kind whose rules judge each bid alone. */
export function judgesBids<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak, workshop: Workshop, placed: PlacedRule<RuleOf<K>>) => BidRule,
): KindCompiler {
  return {
    judges: 'bids',
    kind,
    compile: (placed, workshop) => {
      const own = ofKind(placed, kind);
      return compile(own.rule, voiceOf(own), workshop, own);
    },
  };
}

/** A kind whose rules look at the awards of a round. */
export function judgesAwards<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak) => AwardRule['start'],
): KindCompiler {
  return { judges: 'awards', kind, compile: (placed) => compile(ofKind(placed, kind).rule, voiceOf(placed)) };
}

/** A kind whose rules count the bids of a seat. */
export function limitsSeats<K extends RuleKind>(
  kind: K,
  compile: (rule: RuleOf<K>, speak: Speak) => SeatLimit['start'],
): KindCompiler {
  return {
    judges: 'bids of a seat',
    kind,
    compile: (placed) => compile(ofKind(placed, kind).rule, voiceOf(placed)),
  };
}

function ofKind<K extends RuleKind>(placed: PlacedRule, kind: K): PlacedRule<RuleOf<K>> {
  const { rule } = placed;
  invariant(isOfKind(rule, kind), `a rule of kind ${rule.kind} does not go to the compiler of ${kind}`);
  return { ...placed, rule };
}

function isOfKind<K extends RuleKind>(rule: Rule, kind: K): rule is RuleOf<K> & Rule {
  return rule.kind === kind;
}
