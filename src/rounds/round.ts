import type { HouseRules } from '../auction/house-rules.js';
import type { LotWithBids } from '../auction/model.js';
import type { FormatName } from '../schema/round.js';
import type { Ruling } from './rules/ruling.js';

/**
 * A sealed round ready to be decided. Lots are sorted by id and the bids of a lot by id, so nothing that follows
 * can depend on the order of arrays in the request.
 */
export interface Round {
  /** The caller's label; absent when the node has to assign one. */
  readonly id: string | undefined;
  readonly format: FormatName;
  readonly currency: string;
  readonly incrementMicros: number;
  /** Milliseconds after arrival at which the round must no longer be decided. */
  readonly tmaxMs: number | undefined;
  readonly explain: boolean;
  readonly ruling: Ruling;
  readonly lots: readonly LotWithBids[];
  /** What the request itself holds against bids, before any policy is asked; native rounds hold nothing. */
  readonly objectionTo?: HouseRules['objectionTo'];
}

export function countBids({ lots }: Pick<Round, 'lots'>): number {
  return lots.reduce((count, { bids }) => count + bids.length, 0);
}
