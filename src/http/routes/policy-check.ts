import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../../base/errors.js';
import type { RoundReply } from '../../engine/round-reply.js';
import { readReference } from '../../schema/catalogue.js';
import { PolicyCheckAnswer, PolicyCheckRequest } from '../../schema/policy-check.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, sendReply, UNTOUCHED } from './decided-by-worker.js';

/** Tries the policy that a reference names, or a draft of it; undefined when the engine has all the work it accepts. */
export type CheckPolicy = (
  reference: string,
  bytes: Buffer,
  ageMs: number,
) => Promise<RoundReply> | undefined;

const EMPTY = Buffer.alloc(0);

export function policyCheckRoute(app: FastifyInstance, checkPolicy: CheckPolicy): void {
  app.post<{ Params: { name: string } }>(
    '/v1/policies/:name/check',
    { schema: DESCRIPTION, ...UNTOUCHED, config: { roles: ['bidder', 'operator'] } },
    async (request, reply) => {
      const { name } = request.params;
      if (readReference(name) === undefined) return sendRefusal(reply, refuse('INVALID_NAME'));
      const bytes = (request.body as Buffer | undefined) ?? EMPTY;
      const pending = checkPolicy(name, bytes, reply.elapsedTime);
      return pending === undefined
        ? sendRefusal(reply, refuse('OVERLOADED'))
        : sendReply(reply, await pending);
    },
  );
}

const DESCRIPTION = {
  tags: ['policies'],
  summary: 'Try a policy on a bid or a round',
  description:
    'A dry run: nothing is awarded and nothing recorded. The policy is the newest version of the name, `name@3`, or a draft in the body.',
  params: Type.Object({ name: Type.String() }),
  body: PolicyCheckRequest,
  response: {
    200: {
      description: 'What the policy does',
      content: { 'application/json': { schema: PolicyCheckAnswer } },
    },
    '4xx': { description: 'The check is refused', ...problem() },
    '5xx': { description: 'The check was not made; it may be sent again', ...problem() },
  },
};
