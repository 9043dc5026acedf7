import { type Award, type Bid, isAward, type Loss } from '../../auction/model.js';
import { isPolicyLoss, type LossReason } from '../../base/loss-reasons.js';
import { lossReasonOf } from '../../policy/loss-reason-of.js';
import { compareBinding, type Verdict } from '../../policy/verdict.js';
import { CARRIED_VERSION, referenceTo } from '../../schema/catalogue.js';

/** What the policies said about each bid, the binding verdict first; a bid they are silent about is not in it. */
export type Verdicts = ReadonlyMap<Bid, readonly Verdict[]>;

const SILENCE: readonly Verdict[] = [];

/** What policies said about the ending. That a bid would have needed a person means nothing when it lost by its price. */
export function verdictsOn(ending: Award | Loss, verdicts: Verdicts): readonly Verdict[] {
  if (verdicts.size === 0 || !(isAward(ending) || isPolicyLoss(ending.reason))) return SILENCE;
  return verdicts.get(ending.bid) ?? SILENCE;
}

/** The rule behind a verdict, as answers and records name it: `house@3/gambling`. */
export function ruleOf({ policy, version, rule }: Verdict): string {
  return `${version === CARRIED_VERSION ? policy : referenceTo(policy, version)}/${rule}`;
}

/** Remembers verdicts, in binding order. */
export class Spoken {
  readonly verdicts = new Map<Bid, readonly Verdict[]>();

  /** The code that the bid loses with when one of these denies it. */
  hear(bid: Bid, said: readonly Verdict[]): LossReason | undefined {
    if (said.length === 0) return undefined;
    const before = this.verdicts.get(bid);
    const all = before === undefined ? said : [...before, ...said].sort(compareBinding);
    this.verdicts.set(bid, all);
    return deniedBy(all);
  }
}

export function deniedBy([binding]: readonly Verdict[]): LossReason | undefined {
  return binding?.effect === 'deny' ? lossReasonOf(binding) : undefined;
}
