import type { Bid } from './model.js';

/**
 * The keyed hash that orders bids of equal price, as hex. Nobody who lacks the key can choose ids that win ties,
 * and the order in which bids arrived plays no part.
 */
export type TieHash = (bidId: string) => string;

/** Best first: price, then a bid for a deal, then the keyed hash. */
export function rank(bids: readonly Bid[], tieHash: TieHash): readonly Bid[] {
  return [...bids].sort(
    (a, b) =>
      b.priceMicros - a.priceMicros ||
      Number(b.deal !== undefined) - Number(a.deal !== undefined) ||
      compareText(tieHash(a.id), tieHash(b.id)),
  );
}

/** Order of code units, which for ids is the order of their bytes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
