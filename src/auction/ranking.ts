import type { Bid } from './model.js';

/**
 * The keyed hash that orders bids of equal price, as hex. Nobody who lacks the key can choose ids that win ties,
 * and the order in which bids arrived plays no part.
 */
export type TieHash = (bidId: string) => string;

/**
 * Best first: utility, price, then a bid for a deal, then the keyed hash. Hashing costs more than the rest of a clearing, and
 * among bids that cannot win the order decides nothing, so ties are ordered only where they reach one of the first
 * `places`; behind them tied bids stand as they came.
 */
export function rank(bids: readonly Bid[], places: number, tieHash: TieHash): readonly Bid[] {
  const ranked = bids.toSorted(byWorth);
  for (let start = 0; start < places && start < ranked.length;) {
    const end = endOfTie(ranked, start);
    if (end - start > 1) orderTie(ranked, start, end, tieHash);
    start = end;
  }
  return ranked;
}

function byWorth(a: Bid, b: Bid): number {
  return (
    b.utilityNanos - a.utilityNanos ||
    b.priceMicros - a.priceMicros ||
    Number(b.deal !== undefined) - Number(a.deal !== undefined)
  );
}

/** The index after the last bid that ties with the one at `start`. */
function endOfTie(ranked: readonly Bid[], start: number): number {
  let end = start + 1;
  while (end < ranked.length && byWorth(ranked[start]!, ranked[end]!) === 0) end++;
  return end;
}

function orderTie(ranked: Bid[], start: number, end: number, tieHash: TieHash): void {
  const tied = ranked.slice(start, end).map((bid) => ({ bid, hash: tieHash(bid.id) }));
  tied.sort((a, b) => compareText(a.hash, b.hash));
  for (const [index, { bid }] of tied.entries()) ranked[start + index] = bid;
}

/** Order of code units, which for ids is the order of their bytes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
