import type { HouseRules, RoundLimits } from '../../auction/house-rules.js';
import { NO_HOUSE_RULES } from '../../auction/house-rules.js';
import { type Award, type Bid, isAward, type Loss, type Lot } from '../../auction/model.js';
import { isPolicyLoss, type LossReason } from '../../base/loss-reasons.js';
import type { CompiledRules } from '../../policy/compiled-rules.js';
import { type RoundJudge, startRound } from '../../policy/judge-awards.js';
import { judgeBid, limitBids } from '../../policy/judge-bid.js';
import { lossReasonOf } from '../../policy/loss-reason-of.js';
import type { Setting } from '../../policy/subject.js';
import { compareBinding, type Verdict } from '../../policy/verdict.js';
import { CARRIED_VERSION, referenceTo } from '../../schema/catalogue.js';
import { countBids, type Round } from '../round.js';

/** What the policies said about each bid, the binding verdict first; a bid they are silent about is not in it. */
export type Verdicts = ReadonlyMap<Bid, readonly Verdict[]>;

/** The policies of a round as the auction asks them, and what they will have said when it is cleared. */
export interface Policing {
  readonly houseRules: HouseRules;
  readonly verdicts: Verdicts;
}

const SILENT: Policing = { houseRules: NO_HOUSE_RULES, verdicts: new Map() };

export function policeRound(round: Round): Policing {
  const { rules } = round.ruling;
  if (rules === undefined) return SILENT;
  const spoken = new Spoken();
  const looksFurther = rules.awardRules.length > 0 || rules.seatLimits.length > 0;
  return {
    verdicts: spoken.verdicts,
    houseRules: {
      objectionTo: objectionsTo(round, rules, spoken),
      limits: looksFurther ? new PolicyLimits(rules, spoken) : undefined,
    },
  };
}

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
class Spoken {
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

function deniedBy([binding]: readonly Verdict[]): LossReason | undefined {
  return binding?.effect === 'deny' ? lossReasonOf(binding) : undefined;
}

function objectionsTo(round: Round, rules: CompiledRules, spoken: Spoken): HouseRules['objectionTo'] {
  const { id, format, currency } = round;
  const about = { id, format, currency, bids: countBids(round) };
  let setting: Setting | undefined;
  return (bid, lot) => {
    if (setting?.lot !== lot) setting = settingOf(lot, about);
    return spoken.hear(bid, judgeBid(rules, bid, setting));
  };
}

function settingOf(lot: Lot, round: Setting['round']): Setting {
  return { lot, round };
}

/** The rules that look at the whole round. Lots have a judge of their own who has not seen the awards of that lot. */
class PolicyLimits implements RoundLimits {
  readonly #rules: CompiledRules;
  readonly #spoken: Spoken;
  readonly #round: RoundJudge;
  readonly #awards: { readonly bid: Bid; readonly quantity: number }[] = [];
  readonly #outsiders = new Map<string, Outsider>();

  constructor(rules: CompiledRules, spoken: Spoken) {
    this.#rules = rules;
    this.#spoken = spoken;
    this.#round = startRound(rules);
  }

  objectionsAmong(ranked: readonly Bid[]): ReadonlyMap<Bid, LossReason> {
    const objections = new Map<Bid, LossReason>();
    for (const [index, said] of limitBids(this.#rules, ranked).entries()) {
      const reason = this.#spoken.hear(ranked[index]!, said);
      if (reason !== undefined) objections.set(ranked[index]!, reason);
    }
    return objections;
  }

  award(bid: Bid, quantity: number): LossReason | undefined {
    const reason = this.#spoken.hear(bid, this.#round.judge(bid, quantity));
    if (reason !== undefined) return reason;
    this.#round.take(bid, quantity);
    this.#awards.push({ bid, quantity });
    return undefined;
  }

  /** Only a denial counts here: an escalation is about an award, and there is none. */
  objectionToRival(bid: Bid, quantity: number): LossReason | undefined {
    const said = this.#outsiderOf(bid.lotId).judge(bid, quantity);
    return deniedBy(said) === undefined ? undefined : this.#spoken.hear(bid, said);
  }

  #outsiderOf(lotId: string): RoundJudge {
    const outsider = this.#outsiders.get(lotId) ?? { judge: startRound(this.#rules), seen: 0 };
    this.#outsiders.set(lotId, outsider);
    for (const { bid, quantity } of this.#awards.slice(outsider.seen)) {
      if (bid.lotId !== lotId) outsider.judge.take(bid, quantity);
    }
    outsider.seen = this.#awards.length;
    return outsider.judge;
  }
}

interface Outsider {
  readonly judge: RoundJudge;
  seen: number;
}
