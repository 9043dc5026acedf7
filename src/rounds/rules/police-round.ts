import { type HouseRules, NO_HOUSE_RULES } from '../../auction/house-rules.js';
import type { Award, Lot } from '../../auction/model.js';
import { rank, type TieHash } from '../../auction/ranking.js';
import type { CompiledRules } from '../../policy/compiled-rules.js';
import { startRound } from '../../policy/judge-awards.js';
import { judgeBid } from '../../policy/judge-bid.js';
import type { Setting } from '../../policy/subject.js';
import { countBids, type Round } from '../round.js';
import { PolicyLimits } from './policy-limits.js';
import { Spoken, type Verdicts } from './spoken.js';

/** The policies of a round as the auction asks them, and what they will have said when it is cleared. */
export interface Policing {
  readonly houseRules: HouseRules;
  /** To be called with all awards when they stand. */
  readonly review: (awards: readonly Award[], tieHash: TieHash) => void;
  readonly verdicts: Verdicts;
}

const SILENT: Policing = { houseRules: NO_HOUSE_RULES, review: () => undefined, verdicts: new Map() };

export function policeRound(round: Round): Policing {
  const { rules } = round.ruling;
  if (rules === undefined) return withoutPolicies(round);
  const spoken = new Spoken();
  const objectionTo = objectionsTo(round, rules, spoken);
  const { verdicts } = spoken;
  if (mayStopAwards(rules)) {
    const limits = new PolicyLimits(rules, spoken);
    return { houseRules: { objectionTo, limits }, review: () => undefined, verdicts };
  }
  return { houseRules: { objectionTo, limits: undefined }, review: reviewer(rules, spoken), verdicts };
}

function withoutPolicies({ objectionTo }: Round): Policing {
  return objectionTo === undefined ? SILENT : { ...SILENT, houseRules: { objectionTo, limits: undefined } };
}

/** Rules that stop no award change no allocation: every lot can be cleared on its own, and that costs less. */
function mayStopAwards({ seatLimits, awardRules }: CompiledRules): boolean {
  return seatLimits.length > 0 || awardRules.some(({ address }) => address.effect === 'deny');
}

/** Asks about awards that stand, in the order in which limits would have let them be taken. */
function reviewer(rules: CompiledRules, spoken: Spoken): Policing['review'] {
  if (rules.awardRules.length === 0) return () => undefined;
  return (awards, tieHash) => {
    const quantities = new Map(awards.map(({ bid, quantity }) => [bid, quantity]));
    const judge = startRound(rules);
    for (const bid of rank([...quantities.keys()], quantities.size, tieHash)) {
      const quantity = quantities.get(bid)!;
      spoken.hear(bid, judge.judge(bid, quantity));
      judge.take(bid, quantity);
    }
  };
}

function objectionsTo(round: Round, rules: CompiledRules, spoken: Spoken): HouseRules['objectionTo'] {
  const { id, format, currency } = round;
  const about = { id, format, currency, bids: countBids(round) };
  let setting: Setting | undefined;
  return (bid, lot) => {
    const reason = round.objectionTo?.(bid, lot);
    if (reason !== undefined) return reason;
    if (setting?.lot !== lot) setting = settingOf(lot, about);
    return spoken.hear(bid, judgeBid(rules, bid, setting));
  };
}

function settingOf(lot: Lot, round: Setting['round']): Setting {
  return { lot, round };
}
