import { FORMATS } from '../../auction/formats/by-name.js';
import type { BidTerms } from './bid-terms.js';
import { buildBids } from './build-bids.js';
import type { Round } from '../round.js';

/** Puts scanned bids into the frame they came in; undefined when one of them does not fit it. */
export function addScannedBids(frame: Round, bids: readonly BidTerms[]): Round | undefined {
  const { sells, takesDeals } = FORMATS[frame.format];
  const ids = new Set<string>();
  for (const { id, quantity, deal } of bids) {
    if ((sells !== 'units' && quantity > 1) || (!takesDeals && deal !== undefined)) return undefined;
    ids.add(id);
  }
  if (ids.size < bids.length) return undefined;
  const sold = frame.lots.map(({ lot }) => lot);
  const lots = buildBids(bids, sold, frame.ruling);
  return lots === undefined ? undefined : { ...frame, lots };
}
