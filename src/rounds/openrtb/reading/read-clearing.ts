import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type Refusal, refuse } from '../../../base/errors.js';
import type { RoundLimits } from '../../../schema/limits.js';
import { clearRequestSchema } from '../../../schema/openrtb/clear-request.js';
import type { OpenRtbOptions } from '../../../schema/openrtb/options.js';
import { misfit } from '../../reading/misfit.js';
import type { Seats } from '../../reading/foreign-seat.js';
import { parseJson } from '../../reading/parse-json.js';
import type { FindRuling } from '../../reading/read-round.js';
import { holdsHalfPairs, mayHoldHalfPairs } from './half-pairs.js';
import { foreignSeatIn } from './foreign-seat-in.js';
import { type AuctionReading, buildAuction, type Responses } from './build-auction.js';

/** `seats` are the only ones whose bids the responses may carry; undefined: any. */
export type OpenRtbReader = (bytes: Buffer, seats?: Seats) => AuctionReading;

/** Turns the bytes of a bid request and its responses into an auction, or says why they cannot be used. */
export function openRtbReader(
  limits: RoundLimits,
  options: OpenRtbOptions,
  findRuling: FindRuling,
): OpenRtbReader {
  const frame = TypeCompiler.Compile(clearRequestSchema(limits));
  return (bytes, seats) => {
    const parsed = parseJson(bytes, limits.nestingMax);
    if ('refusal' in parsed) return parsed;
    const { value } = parsed;
    if (!frame.Check(value)) return { refusal: misfit('INVALID_BID_REQUEST', frame.Errors(value).First()) };
    const { request, responses } = value;
    if (mayHoldHalfPairs(bytes) && holdsHalfPairs(request)) return { refusal: halfPairs() };
    if (countBids(responses) > limits.bidsMax) return { refusal: tooManyBids(limits.bidsMax) };
    const foreign = foreignSeatIn(responses, seats);
    if (foreign !== undefined) return { refusal: foreign };
    return buildAuction(request, responses, options, findRuling);
  };
}

/** Whatever stands in a list of bids counts: reading it costs something. */
function countBids(responses: Responses): number {
  let bids = 0;
  for (const { seatbid } of responses) {
    if (!Array.isArray(seatbid)) continue;
    for (const group of seatbid as ({ readonly bid?: unknown } | null)[]) {
      bids += Array.isArray(group?.bid) ? group.bid.length : 1;
    }
  }
  return bids;
}

function halfPairs(): Refusal {
  return refuse('INVALID_BID_REQUEST', 'A text of the request holds half of a surrogate pair.', '/request');
}

function tooManyBids(bidsMax: number): Refusal {
  return refuse('INVALID_BID_REQUEST', `The responses hold more than ${bidsMax} bids.`, '/responses');
}
