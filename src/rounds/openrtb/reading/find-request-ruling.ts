import { refuse } from '../../../base/errors.js';
import type { BidRequest } from '../../../schema/openrtb/bid-request.js';
import type { OpenRtbOptions } from '../../../schema/openrtb/options.js';
import { POLICIES_MAX } from '../../../schema/round.js';
import type { FindRuling } from '../../reading/read-round.js';
import type { RulingResult } from '../../rules/rule-book.js';

const PLACE = '/request/ext/parley';

/** The policies of the house come first, then those of the request; a profile that the request names goes before that of the house. */
export function findRequestRuling(
  { ext }: BidRequest,
  { policies: house = [], profile: preset }: OpenRtbOptions,
  findRuling: FindRuling,
): RulingResult {
  const policies = [...house, ...(ext?.parley?.policies ?? [])];
  const profile = ext?.parley?.profile ?? preset;
  if (policies.length > POLICIES_MAX) {
    const message = `More than ${POLICIES_MAX} policies, with the ${house.length} that hold for every request.`;
    return { refusal: refuse('INVALID_BID_REQUEST', message, `${PLACE}/policies`) };
  }
  const found = findRuling({ policies, ...(profile === undefined ? {} : { profile }) });
  if (!('refusal' in found) || found.refusal.path === undefined) return found;
  const { code, message, path } = found.refusal;
  return { refusal: refuse(code, message, pathInto(path, house.length)) };
}

/** Paths point into the request; what the house names stands nowhere in it. */
function pathInto(path: string, houseLength: number): string | undefined {
  const [, place, rest = ''] = /^\/policies\/(\d+)(.*)$/.exec(path) ?? [];
  if (place === undefined) return `${PLACE}${path}`;
  const own = Number(place) - houseLength;
  return own < 0 ? undefined : `${PLACE}/policies/${own}${rest}`;
}
