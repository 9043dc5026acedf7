import type { FastifyInstance } from 'fastify';
import { refuse } from '../../base/errors.js';
import type { RoundLimits } from '../../schema/limits.js';
import { OpenRtbAnswer } from '../../schema/openrtb/clear-answer.js';
import { clearRequestSchema } from '../../schema/openrtb/clear-request.js';
import { IDEMPOTENCY_HEADERS } from '../idempotency.js';
import { sendRefusal } from '../send-refusal.js';
import { termsOf } from '../terms-of.js';
import { problem, sendReply, UNTOUCHED } from './decided-by-worker.js';
import { type ClearRound, MAY_CLEAR } from './rounds.js';

const EMPTY = Buffer.alloc(0);

export function openRtbRoutes(app: FastifyInstance, clearOpenRtb: ClearRound, limits: RoundLimits): void {
  const options = { schema: describe(limits), ...UNTOUCHED, config: { roles: MAY_CLEAR } };
  app.post('/openrtb2/clear', options, async (request, reply) => {
    const bytes = (request.body as Buffer | undefined) ?? EMPTY;
    const pending = clearOpenRtb(bytes, reply.elapsedTime, termsOf(request, bytes));
    if (pending === undefined) return sendRefusal(reply, refuse('OVERLOADED'));
    return sendReply(reply, await pending);
  });
}

function describe(limits: RoundLimits) {
  return {
    tags: ['openrtb'],
    summary: 'Decide an OpenRTB 2.6 auction',
    description:
      'Takes a bid request and the responses to it; answers a bid response with the winners, and the loss code of every other bid. The header `Parley-Record` names the record.',
    headers: IDEMPOTENCY_HEADERS,
    body: clearRequestSchema(limits),
    response: {
      200: {
        description: 'The auction is decided',
        content: { 'application/json': { schema: OpenRtbAnswer } },
      },
      '4xx': { description: 'The request cannot be used; nothing was decided', ...problem() },
      '5xx': { description: 'The auction was not decided; the same request may be sent again', ...problem() },
    },
  };
}
