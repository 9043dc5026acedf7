import { invariant } from '../base/assert.js';
import type { PolicyLossReason } from '../base/loss-reasons.js';
import type { RuleKind } from '../schema/policy.js';
import type { Verdict } from './verdict.js';

/** The code that a denied bid loses with. An escalation is no loss, and has none. */
export function lossReasonOf({ kind, effect }: Verdict): PolicyLossReason {
  invariant(effect === 'deny' && kind !== 'approval-threshold', 'only a denial is a loss');
  return LOSS_REASONS[kind];
}

export const LOSS_REASONS = {
  'price-cap': 'PRICE_CAP_EXCEEDED',
  'price-floor': 'POLICY_FLOOR_NOT_MET',
  'minimum-margin': 'MARGIN_TOO_SMALL',
  'allowed-seats': 'SEAT_NOT_ALLOWED',
  'blocked-seats': 'SEAT_ON_BLOCK_LIST',
  'allowed-sellers': 'SELLER_NOT_ALLOWED',
  'blocked-sellers': 'SELLER_ON_BLOCK_LIST',
  'allowed-domains': 'DOMAIN_NOT_ALLOWED',
  'blocked-domains': 'DOMAIN_ON_BLOCK_LIST',
  'allowed-categories': 'CATEGORY_NOT_ALLOWED',
  'blocked-categories': 'CATEGORY_ON_BLOCK_LIST',
  'attribute-range': 'ATTRIBUTE_OUT_OF_RANGE',
  'privacy-flags': 'PRIVACY_FLAG_NOT_SET',
  'bids-per-seat': 'TOO_MANY_BIDS_OF_SEAT',
  'awards-per-seat': 'TOO_MANY_AWARDS_OF_SEAT',
  'awards-per-advertiser': 'TOO_MANY_AWARDS_OF_ADVERTISER',
  separation: 'SEPARATION_REQUIRED',
  'round-budget': 'ROUND_BUDGET_EXCEEDED',
  cel: 'RULE_NOT_FULFILLED',
} as const satisfies Record<Exclude<RuleKind, 'approval-threshold'>, PolicyLossReason>;
