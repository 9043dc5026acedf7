import type { LossReason } from '../base/loss-reasons.js';
import type { DEAL_FORMAT_NAMES } from '../schema/round.js';

/** A sealed round inside the engine: every amount in micros, every reference resolved, every default filled in. */

export type DealFormatName = (typeof DEAL_FORMAT_NAMES)[number];

export interface Deal {
  readonly id: string;
  /** Published minimum; 0 when the deal has none: deals do not inherit the floor of the lot. */
  readonly floorMicros: number;
  /** How the award is priced when a bid for this deal wins; absent: the format of the round. */
  readonly format: DealFormatName | undefined;
  /** In the order of their text. */
  readonly seats: ReadonlySet<string> | undefined;
  /** In lower case, in the order of their text. */
  readonly domains: ReadonlySet<string> | undefined;
}

export interface Lot {
  readonly id: string;
  readonly floorMicros: number;
  /** Private minimum of the seller; 0 when there is none. */
  readonly reserveMicros: number;
  readonly quantity: number;
  /** Weight of each position in millionths, best first; one slot of weight 1 where the format sells no slots. */
  readonly slotWeights: readonly number[];
  readonly privateAuction: boolean;
  readonly deals: readonly Deal[];
}

/** A lot and everything that was bid on it, sorted by id. */
export interface LotWithBids {
  readonly lot: Lot;
  readonly bids: readonly Bid[];
}

export interface Bid {
  readonly id: string;
  readonly seat: string;
  readonly lotId: string;
  readonly priceMicros: number;
  /** Published minimum that this bid has to reach: see floors.ts. */
  readonly floorMicros: number;
  /** In nanos; NaN where a profile refuses the bid, 0 for every bid where nothing but the price counts. */
  readonly utilityNanos: number;
  readonly quantity: number;
  /** The deal the bid names, offered or not; `deal` is there when the lot offers it. */
  readonly dealId: string | undefined;
  readonly deal: Deal | undefined;
  /** What follows is filled in only where something asks for it: a deal, a rule, a profile. Each name once, sorted. */
  readonly seller: string | undefined;
  readonly domains: readonly string[];
  readonly categories: readonly string[];
  /** One row in the order of the round's attribute layout; NaN where the bid says nothing. */
  readonly attributes: Float64Array;
}

export interface Award {
  readonly bid: Bid;
  readonly priceMicros: number;
  readonly quantity: number;
  /** Position won, 1 is the best; only where the format sells slots. */
  readonly slot: number | undefined;
  readonly minimumToWinMicros: number;
}

export interface Loss {
  readonly bid: Bid;
  readonly reason: LossReason;
  /** Only where price decided. Never the reserve, and never a number that a reserve can be computed from. */
  readonly minimumToWinMicros: number | undefined;
}

export function isAward(ending: Award | Loss): ending is Award {
  return 'priceMicros' in ending;
}
