import type { LossReason } from '../base/loss-reasons.js';
import type { Bid, Lot } from './model.js';

/**
 * What the rules of the house hold against bids and awards. The auction asks in this order and never why; whoever
 * implements it remembers what was said.
 */
export interface HouseRules {
  /** Why a bid may not compete, taken alone. Asked once for every bid, before anything else is. */
  readonly objectionTo: (bid: Bid, lot: Lot) => LossReason | undefined;
  /** Undefined where no rule looks at more than one bid: then every lot is cleared on its own. */
  readonly limits: RoundLimits | undefined;
}

/** Rules that look at the round as a whole. Bids reach them best first, over all lots. */
export interface RoundLimits {
  /** Why bids may not compete beside those that rank higher. */
  readonly objectionsAmong: (ranked: readonly Bid[]) => ReadonlyMap<Bid, LossReason>;
  /** Takes the award, unless it may not stand beside those taken before; then it says why. */
  readonly award: (bid: Bid, quantity: number) => LossReason | undefined;
  /** Why a bid could not have been awarded even in place of those that won its lot. */
  readonly objectionToRival: (bid: Bid, quantity: number) => LossReason | undefined;
}

export const NO_HOUSE_RULES: HouseRules = { objectionTo: () => undefined, limits: undefined };
