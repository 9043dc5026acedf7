import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { type FindReceipt, RECEIPT_SUBJECTS, type ReceiptSubject } from '../../engine/trail/find-receipt.js';
import { Receipt } from '../../schema/receipt.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';
import { MAY_AUDIT } from './trail.js';

interface Asking {
  Params: { id: string };
  Querystring: { by?: ReceiptSubject };
}

/** What shows a decision to be in the signed log of the node that made it. */
export function receiptRoute(app: FastifyInstance, findReceipt: FindReceipt): void {
  const { serializerCompiler } = UNTOUCHED;
  const options = { schema: DESCRIPTION, serializerCompiler, config: { roles: MAY_AUDIT } };
  app.get<Asking>('/v1/receipts/:id', options, async (request, reply) => {
    const found = await findReceipt(request.params.id, request.query.by);
    return 'refusal' in found ? sendRefusal(reply, found.refusal) : found.receipt;
  });
}

const DESCRIPTION = {
  tags: ['trail'],
  summary: 'The receipt of a record, or of the latest record of a round',
  description:
    'An id that has the form of a record id is taken for one; `?by=round` takes it for the id of a round. Any node answers for the records of all.',
  params: Type.Object({ id: Type.String() }),
  querystring: Type.Object({
    by: Type.Optional(
      Type.Union(
        RECEIPT_SUBJECTS.map((subject) => Type.Literal(subject)),
        { description: 'what the id is the id of' },
      ),
    ),
  }),
  response: {
    200: { description: 'The receipt', content: { 'application/json': { schema: Receipt } } },
    '4xx': { description: 'There is none: 410 when the record was trimmed', ...problem() },
    '5xx': { description: 'The ledger could not be read', ...problem() },
  },
};
