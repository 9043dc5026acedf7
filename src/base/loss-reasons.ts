/**
 * Why a bid did not win, once. Codes below 500 are the loss reasons of OpenRTB 2.6 (AdCOM list "Loss Reason Codes");
 * 500 and above are Parley's own. API.md prints this table, and a test holds both equal.
 */
export interface LossDeclaration {
  readonly code: number;
  /** Whether price decided, so that a minimum to win means something. */
  readonly priceDecided: boolean;
  /** One sentence for the person who placed the bid. */
  readonly sentence: string;
}

const declare = (code: number, sentence: string): LossDeclaration => ({
  code,
  sentence,
  priceDecided: code >= 100 && code <= 103,
});

const AUCTION_LOSSES = {
  INVALID_DEAL: declare(4, 'The bid names a deal that the lot does not offer.'),
  BELOW_FLOOR: declare(100, 'The price is under the floor of the lot.'),
  BELOW_DEAL_FLOOR: declare(101, 'The price is under the floor of the deal.'),
  OUTBID: declare(102, 'Another bid ranked higher.'),
  OUTBID_BY_DEAL: declare(103, 'A bid for a deal ranked higher.'),
  SEAT_BLOCKED: declare(104, 'The deal, or the request, is not open to this seat.'),
  NOT_ALLOWED_IN_DEAL: declare(213, 'The deal is not open to the domains of this bid.'),
  RESERVE_NOT_MET: declare(500, 'The price is under the private minimum of the seller.'),
  PRIVATE_AUCTION: declare(501, 'Only bids for a deal compete on this lot.'),
} as const satisfies Record<string, LossDeclaration>;

/** Why a policy stopped a bid: 510 and above, one for each kind of rule that can deny. */
const POLICY_LOSSES = {
  PRICE_CAP_EXCEEDED: declare(510, 'A policy caps the price lower than this bid.'),
  POLICY_FLOOR_NOT_MET: declare(511, 'The price is under the floor of a policy.'),
  MARGIN_TOO_SMALL: declare(
    512,
    'The price leaves less margin over the cost than a policy asks for, or the cost is not said.',
  ),
  SEAT_NOT_ALLOWED: declare(513, 'A policy names the seats that may bid, and this one is not among them.'),
  SEAT_ON_BLOCK_LIST: declare(514, 'A policy blocks this seat.'),
  SELLER_NOT_ALLOWED: declare(
    515,
    'A policy names the sellers that count, and that of this bid is not among them.',
  ),
  SELLER_ON_BLOCK_LIST: declare(516, 'A policy blocks the seller of this bid.'),
  DOMAIN_NOT_ALLOWED: declare(
    517,
    'A policy names the domains that may advertise, and this bid has another one or none.',
  ),
  DOMAIN_ON_BLOCK_LIST: declare(518, 'A policy blocks a domain of this bid.'),
  CATEGORY_NOT_ALLOWED: declare(
    519,
    'A policy names the categories that may appear, and this bid has another one or none.',
  ),
  CATEGORY_ON_BLOCK_LIST: declare(520, 'A policy blocks a category of this bid.'),
  ATTRIBUTE_OUT_OF_RANGE: declare(
    521,
    'An attribute is outside the range that a policy asks for, or is not said.',
  ),
  PRIVACY_FLAG_NOT_SET: declare(522, 'An attribute that a policy needs to be true is not.'),
  TOO_MANY_BIDS_OF_SEAT: declare(
    523,
    'The seat has better bids in this round, as many as a policy lets it place.',
  ),
  TOO_MANY_AWARDS_OF_SEAT: declare(524, 'The seat has as many awards of this round as a policy lets it win.'),
  TOO_MANY_AWARDS_OF_ADVERTISER: declare(
    525,
    'The advertiser has as many awards of this round as a policy lets it win.',
  ),
  SEPARATION_REQUIRED: declare(526, 'A policy keeps this bid apart from a bid that won in the same round.'),
  ROUND_BUDGET_EXCEEDED: declare(527, 'The awards of this round would cost more than a policy lets them.'),
  RULE_NOT_FULFILLED: declare(528, 'The bid does not fulfil a condition that a policy states.'),
} as const satisfies Record<string, LossDeclaration>;

/** Why a utility profile stopped a bid. */
const PROFILE_LOSSES = {
  UTILITY_ATTRIBUTE_MISSING: declare(
    530,
    'The bid does not say an attribute that the profile refuses to miss.',
  ),
} as const satisfies Record<string, LossDeclaration>;

/** Why a bid of an OpenRTB response does not fit the request: the standard's codes, and 540 and above where it has none. */
const OPENRTB_LOSSES = {
  INVALID_BID: declare(
    3,
    'A member of the bid is missing, wrong, or out of bounds, or its id is used twice.',
  ),
  INVALID_AUCTION_ID: declare(5, 'The response belongs to another request.'),
  ADVERTISER_DOMAIN_INVALID: declare(
    6,
    'The advertiser domain is no domain name, or is required and missing.',
  ),
  MARKUP_MISSING: declare(7, 'Markup is required, and the bid brings none.'),
  CREATIVE_ID_MISSING: declare(8, 'A creative id is required, and the bid has none.'),
  PRICE_MISSING: declare(9, 'The bid has no price.'),
  SIZE_NOT_ALLOWED: declare(203, 'The size of the creative is not offered, or is required and missing.'),
  ADVERTISER_BLOCKED: declare(205, 'The request blocks an advertiser domain of the bid.'),
  NOT_SECURE: declare(207, 'The impression needs secure markup.'),
  LANGUAGE_NOT_ALLOWED: declare(208, 'The request does not take creatives in this language.'),
  CATEGORY_BLOCKED: declare(
    209,
    'The request blocks a category of the bid, or does not list it among those it takes.',
  ),
  CREATIVE_ATTRIBUTE_BLOCKED: declare(210, 'The impression blocks an attribute of the creative.'),
  AD_TYPE_NOT_ALLOWED: declare(
    211,
    'The impression does not offer this type of ad, or the type is required and missing.',
  ),
  APP_BLOCKED: declare(215, 'The request blocks the app that is advertised.'),
  CURRENCY_NOT_ALLOWED: declare(540, 'The request does not take bids in this currency.'),
  EXCHANGE_RATE_MISSING: declare(541, 'There is no exchange rate for the currency of the bid.'),
  DURATION_NOT_ALLOWED: declare(
    542,
    'The duration of the creative does not fit, or is required and missing.',
  ),
} as const satisfies Record<string, LossDeclaration>;

export const LOSSES = { ...AUCTION_LOSSES, ...POLICY_LOSSES, ...PROFILE_LOSSES, ...OPENRTB_LOSSES };

export type LossReason = keyof typeof LOSSES;
export type PolicyLossReason = keyof typeof POLICY_LOSSES;
export type OpenRtbLossReason = keyof typeof OPENRTB_LOSSES;

export function isPolicyLoss(reason: LossReason): reason is PolicyLossReason {
  return Object.hasOwn(POLICY_LOSSES, reason);
}

export function isOpenRtbLoss(reason: LossReason): reason is OpenRtbLossReason {
  return Object.hasOwn(OPENRTB_LOSSES, reason);
}
