import type { RoundLimits } from '../../auction/house-rules.js';
import type { Bid } from '../../auction/model.js';
import type { LossReason } from '../../base/loss-reasons.js';
import type { CompiledRules } from '../../policy/compiled-rules.js';
import { type RoundJudge, startRound } from '../../policy/judge-awards.js';
import { limitBids } from '../../policy/judge-bid.js';
import { deniedBy, type Spoken } from './spoken.js';

/** The rules that look at the whole round. Lots have a judge of their own who has not seen the awards of that lot. */
export class PolicyLimits implements RoundLimits {
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
