import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { ExplainDecision } from '../../engine/explain/explain-decision.js';
import { Explanation } from '../../schema/explanation.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';
import { MAY_AUDIT } from './trail.js';

const TEXT = 'text/plain';
const TYPES = { json: 'application/json; charset=utf-8', text: `${TEXT}; charset=utf-8` } as const;

/** Tells a decision in order, from its record. */
export function explainRoute(app: FastifyInstance, explain: ExplainDecision): void {
  app.get<{ Params: { id: string } }>(
    '/v1/explain/:id',
    { schema: DESCRIPTION, ...UNTOUCHED, config: { roles: MAY_AUDIT } },
    async (request, reply) => {
      const form = wantsText(request.headers.accept) ? 'text' : 'json';
      const explained = await explain(request.params.id, form);
      if ('refusal' in explained) return sendRefusal(reply, explained.refusal);
      return reply.header('vary', 'accept').type(TYPES[form]).send(explained.told);
    },
  );
}

/** JSON unless text alone is asked for. */
function wantsText(accept: string | undefined): boolean {
  return accept?.includes(TEXT) === true && !accept.includes('json');
}

const DESCRIPTION = {
  tags: ['trail'],
  summary: 'Explain a decision from its record',
  description:
    'For operators: it shows reserves and what everybody bid. The id is that of a record, or of a round, whose newest record is told. With `Accept: text/plain` it is told in words.',
  params: Type.Object({ id: Type.String() }),
  response: {
    200: {
      description: 'The decision, told in order',
      content: {
        'application/json': { schema: Explanation },
        [TEXT]: { schema: Type.String() },
      },
    },
    '4xx': {
      description: 'There is no record of it: 410 when it was trimmed, 409 when only its hash is kept',
      ...problem(),
    },
    '5xx': { description: 'It was not told; it may be asked for again', ...problem() },
  },
};
