import type { RuleKind } from '../schema/policy.js';
import type { AttributePlaces } from './attribute-places.js';
import type { Setting, Subject } from './subject.js';
import type { PlacedRule, RuleAddress, Verdict } from './verdict.js';

/** Policies as closures. Each list has its binding rules first, so that verdicts come out in their order. */
export interface CompiledRules {
  readonly bidRules: readonly BidRule[];
  readonly awardRules: readonly AwardRule[];
  readonly seatLimits: readonly SeatLimit[];
}

/** Judges one bid alone. */
export type BidRule = (subject: Subject, setting: Setting) => Verdict | undefined;

/** Looks at the result of a round. One that escalates changes no award; one that denies makes room for the next bid. */
export interface AwardRule {
  readonly address: RuleAddress;
  readonly start: () => AwardJudge;
}

/** Remembers the awards of one round that were taken so far. */
export interface AwardJudge {
  /** Whether an award of so many units may be added. */
  readonly judge: (subject: Subject, quantity: number) => Verdict | undefined;
  readonly take: (subject: Subject, quantity: number) => void;
}

/** Counts the bids of one round, which it is given best first. */
export interface SeatLimit {
  readonly address: RuleAddress;
  readonly start: () => SeatCounter;
}

/** Counts a bid, and speaks when it is one too many. */
export type SeatCounter = (subject: Subject) => Verdict | undefined;

/** The compiler of one kind; what it makes decides when in a round the rule speaks. */
export type KindCompiler =
  | {
      readonly judges: 'bids';
      readonly kind: RuleKind;
      readonly compile: (placed: PlacedRule, places: AttributePlaces) => BidRule;
    }
  | {
      readonly judges: 'awards';
      readonly kind: RuleKind;
      readonly compile: (placed: PlacedRule) => AwardRule['start'];
    }
  | {
      readonly judges: 'bids of a seat';
      readonly kind: RuleKind;
      readonly compile: (placed: PlacedRule) => SeatLimit['start'];
    };
