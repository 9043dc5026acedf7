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

export const LOSSES = {
  INVALID_DEAL: declare(4, 'The bid names a deal that the lot does not offer.'),
  BELOW_FLOOR: declare(100, 'The price is under the floor of the lot.'),
  BELOW_DEAL_FLOOR: declare(101, 'The price is under the floor of the deal.'),
  OUTBID: declare(102, 'Another bid ranked higher.'),
  OUTBID_BY_DEAL: declare(103, 'A bid for a deal ranked higher.'),
  SEAT_BLOCKED: declare(104, 'The deal is not open to this seat.'),
  NOT_ALLOWED_IN_DEAL: declare(213, 'The deal is not open to the domains of this bid.'),
  RESERVE_NOT_MET: declare(500, 'The price is under the private minimum of the seller.'),
  PRIVATE_AUCTION: declare(501, 'Only bids for a deal compete on this lot.'),
} as const satisfies Record<string, LossDeclaration>;

export type LossReason = keyof typeof LOSSES;
