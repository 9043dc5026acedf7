import type { BidRequest } from '../../../schema/openrtb/bid-request.js';
import { TEXT_LENGTH_MAX } from '../../../schema/openrtb/shapes.js';

/** The publisher behind the site, app or screen: the seller that rules see. Nothing else is read of the three. */
export function publisherOf(request: BidRequest): string | undefined {
  for (const place of ['site', 'app', 'dooh']) {
    const id = memberOf(memberOf(memberOf(request, place), 'publisher'), 'id');
    if (typeof id === 'string' && id !== '' && id.length <= TEXT_LENGTH_MAX) return id;
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
