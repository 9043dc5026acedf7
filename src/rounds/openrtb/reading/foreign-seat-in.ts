import type { Refusal } from '../../../base/errors.js';
import { foreign, type Seats } from '../../reading/foreign-seat.js';
import type { Responses } from './build-auction.js';

/**
 * Refuses the first group of bids whose seat its sender is not bound to. A group that names no seat, or none that can be
 * read, is nobody's; a group without bids bids for nobody.
 */
export function foreignSeatIn(responses: Responses, seats: Seats): Refusal | undefined {
  if (seats === undefined) return undefined;
  for (const [index, { seatbid }] of responses.entries()) {
    if (!Array.isArray(seatbid)) continue;
    const place = (seatbid as unknown[]).findIndex((group) => isForeign(group, seats));
    if (place !== -1) return foreign(`/responses/${index}/seatbid/${place}/seat`);
  }
  return undefined;
}

function isForeign(group: unknown, seats: ReadonlySet<string>): boolean {
  if (typeof group !== 'object' || group === null || !('bid' in group)) return false;
  if (!Array.isArray(group.bid) || group.bid.length === 0) return false;
  return !('seat' in group) || typeof group.seat !== 'string' || !seats.has(group.seat);
}
