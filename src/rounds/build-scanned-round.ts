import type { Bid } from '../auction/model.js';
import { FORMATS } from '../auction/formats/by-name.js';
import { compareText } from '../auction/ranking.js';
import { buildBid } from './build-bid.js';
import type { Round } from './round.js';
import type { ScannedBid } from './scan-bids.js';

/** Puts scanned bids into the frame they came in; undefined when one of them does not fit it. */
export function buildScannedRound(frame: Round, scanned: readonly ScannedBid[]): Round | undefined {
  const { sells, takesDeals } = FORMATS[frame.format];
  const places = new Map(frame.lots.map(({ lot }) => [lot.id, { lot, bids: [] as Bid[] }]));
  const ids = new Set<string>();
  for (const bid of scanned) {
    const place = places.get(bid.lot);
    const fits = (sells === 'units' || bid.quantity === 1) && (takesDeals || bid.deal === undefined);
    if (place === undefined || !fits) return undefined;
    ids.add(bid.id);
    place.bids.push(buildBid(bid, place.lot));
  }
  if (ids.size < scanned.length) return undefined;
  const lots = [...places.values()];
  for (const { bids } of lots) bids.sort((a, b) => compareText(a.id, b.id));
  return { ...frame, lots };
}
