import type { FastifyRequest } from 'fastify';
import { PLAIN, type RoundTerms } from '../engine/round-terms.js';
import { keyedRequest } from './idempotency.js';

/** What a request sends its round under: whose bids its caller may send, and whether it may be sent again. @throws RefusalError */
export function termsOf(request: FastifyRequest, bytes: Buffer): RoundTerms {
  const seats = request.caller.bidsFor;
  const keyed = keyedRequest(request, bytes);
  return seats === undefined && keyed === undefined ? PLAIN : { seats, keyed };
}
