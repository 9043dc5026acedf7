import type { FastifyInstance } from 'fastify';
import type { Admission } from '../../access/caller.js';
import { refuse } from '../../base/errors.js';
import type { RoundReply } from '../../engine/round-reply.js';
import type { RoundTerms } from '../../engine/round-terms.js';
import { RoundAnswer } from '../../schema/answer.js';
import type { RoundLimits } from '../../schema/limits.js';
import { roundRequestSchema } from '../../schema/round.js';
import { IDEMPOTENCY_HEADERS } from '../idempotency.js';
import { sendRefusal } from '../send-refusal.js';
import { termsOf } from '../terms-of.js';
import { problem, sendReply, UNTOUCHED } from './decided-by-worker.js';

/** Clears one round given as the bytes of a request; undefined when the engine has all the work it accepts. */
export type ClearRound = (bytes: Buffer, ageMs: number, terms: RoundTerms) => Promise<RoundReply> | undefined;

const EMPTY = Buffer.alloc(0);
/** A platform for every seat, a bidder for its own. */
export const MAY_CLEAR: Admission = ['bidder', 'operator'];

export function roundRoutes(app: FastifyInstance, clearRound: ClearRound, limits: RoundLimits): void {
  const options = { schema: describe(limits), ...UNTOUCHED, config: { roles: MAY_CLEAR } };
  app.post('/v1/rounds', options, async (request, reply) => {
    const bytes = (request.body as Buffer | undefined) ?? EMPTY;
    const pending = clearRound(bytes, reply.elapsedTime, termsOf(request, bytes));
    if (pending === undefined) return sendRefusal(reply, refuse('OVERLOADED'));
    return sendReply(reply, await pending);
  });
}

function describe(limits: RoundLimits) {
  return {
    tags: ['rounds'],
    summary: 'Clear one sealed round',
    description:
      'Every bid ends exactly once, as an award or as a loss with its code. The header `Parley-Record` names the record.',
    headers: IDEMPOTENCY_HEADERS,
    body: roundRequestSchema(limits),
    response: {
      200: { description: 'The round is decided', content: { 'application/json': { schema: RoundAnswer } } },
      '4xx': { description: 'The round is refused; nothing was decided', ...problem() },
      '5xx': { description: 'The round was not decided; the same round may be sent again', ...problem() },
    },
  };
}
