import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import type { RoundReply } from '../../engine/round-reply.js';
import { Problem } from '../../schema/problem.js';
import { REPLAYED } from '../idempotency.js';
import { sendRefusal } from '../send-refusal.js';

/** For routes whose schema only documents: a worker checks the body, and its answer is bytes already. */
export const UNTOUCHED = {
  validatorCompiler: () => () => true,
  serializerCompiler: () => (payload: unknown) => JSON.stringify(payload),
};

export function sendReply(reply: FastifyReply, result: RoundReply): FastifyReply {
  if ('refusal' in result) return sendRefusal(reply, result.refusal);
  if (result.recordId !== undefined) void reply.header('parley-record', result.recordId);
  if (result.isReplayed === true) void reply.header(...REPLAYED);
  // As text it leaves in one write together with the headers; an answer is ASCII.
  return reply.type('application/json; charset=utf-8').send(result.answer.toString('latin1'));
}

/** The envelope of every error, for the description of a route. */
export function problem() {
  return { content: { 'application/json': { schema: Type.Omit(Problem, []) } } };
}
