import type { Admission } from '../../access/caller.js';
import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Refusal } from '../../base/errors.js';
import type { ListLogs } from '../../engine/trail/list-logs.js';
import type { NewestCheckpoint } from '../../engine/trail/newest-checkpoint.js';
import type { ProveConsistency } from '../../engine/trail/prove-consistency.js';
import type { ReadBlocks } from '../../engine/trail/read-blocks.js';
import { ConsistencyAnswer, LogList } from '../../schema/trail-answers.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';

/** Records hold what everybody bid. */
export const MAY_AUDIT: Admission = ['auditor', 'operator', 'admin'];

export interface TrailStories {
  readonly newestCheckpoint: NewestCheckpoint;
  readonly readBlocks: ReadBlocks;
  readonly proveConsistency: ProveConsistency;
  readonly listLogs: ListLogs;
}

const PAGE_DEFAULT = 100;
const PAGE_MAX = 1000;
const BLOCKS_MAX = 10 ** 15;
const { serializerCompiler } = UNTOUCHED;

/** The logs of all nodes, for those who check them. Reading changes nothing. */
export function trailRoutes(app: FastifyInstance, stories: TrailStories): void {
  app.get<{ Querystring: { node?: string } }>(
    '/v1/trail/checkpoint',
    { schema: CHECKPOINT, serializerCompiler, config: { roles: MAY_AUDIT } },
    async (request, reply) => {
      const found = await stories.newestCheckpoint(request.query.node);
      if ('refusal' in found) return sendRefusal(reply, found.refusal);
      return reply.type('text/plain; charset=utf-8').send(found.checkpoint);
    },
  );
  app.get<{ Querystring: { node: string; from?: number; limit?: number } }>(
    '/v1/trail/records',
    { schema: RECORDS, serializerCompiler, config: { roles: MAY_AUDIT } },
    async ({ query: { node, from = 0, limit = PAGE_DEFAULT } }, reply) => {
      const found = await stories.readBlocks({ node, from, limit });
      if ('refusal' in found) return sendRefusal(reply, found.refusal);
      return reply.type('application/x-ndjson').send(Readable.from(found.lines));
    },
  );
  app.get<{ Querystring: { node?: string; from: number; to?: number } }>(
    '/v1/trail/consistency',
    { schema: CONSISTENCY, serializerCompiler, config: { roles: MAY_AUDIT } },
    async ({ query: { node, from, to } }, reply) =>
      answer(reply, await stories.proveConsistency({ node, from, to })),
  );
  app.get<{ Querystring: { after?: string; limit?: number } }>(
    '/v1/trail/nodes',
    { schema: NODES, serializerCompiler, config: { roles: MAY_AUDIT } },
    async ({ query: { after = '', limit = PAGE_DEFAULT } }, reply) =>
      answer(reply, await stories.listLogs(after, limit)),
  );
}

function answer(reply: FastifyReply, found: object | { readonly refusal: Refusal }): object {
  return 'refusal' in found ? sendRefusal(reply, found.refusal) : found;
}

const refused = {
  '4xx': { description: 'There is nothing of it: 410 when it was trimmed', ...problem() },
  '5xx': { description: 'The ledger could not be read', ...problem() },
};
const tags = ['trail'];
const ownNode = { description: 'whose log; absent: that of the node that answers' };
const json = (description: string, schema: unknown) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...refused,
});
const text = (description: string, type: string) => ({
  200: { description, content: { [type]: { schema: Type.String() } } },
  ...refused,
});
const blocks = (minimum: number, description: string) =>
  Type.Integer({ minimum, maximum: BLOCKS_MAX, description });

const CHECKPOINT = {
  tags,
  summary: 'The newest signed checkpoint of a log',
  querystring: Type.Object({ node: Type.Optional(Type.String(ownNode)) }),
  response: text('A signed note (C2SP)', 'text/plain'),
};

const RECORDS = {
  tags,
  summary: 'Blocks of a log, one a line, as `parley export` writes them',
  description:
    'The next page begins behind the last block of this one; behind the newest block a page is empty.',
  querystring: Type.Object({
    node: Type.String({ description: 'whose log' }),
    from: Type.Optional(blocks(0, 'number of the first block; absent: 0')),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })),
  }),
  response: text('Blocks, oldest first', 'application/x-ndjson'),
};

const CONSISTENCY = {
  tags,
  summary: 'A proof that a log only grew between two of its checkpoints',
  querystring: Type.Object({
    node: Type.Optional(Type.String(ownNode)),
    from: blocks(1, 'size of the earlier checkpoint'),
    to: Type.Optional(blocks(1, 'size of the later one; absent: the newest')),
  }),
  response: json('Both checkpoints and the proof', ConsistencyAnswer),
};

const NODES = {
  tags,
  summary: 'List the logs by the names of their nodes',
  querystring: Type.Object({
    after: Type.Optional(Type.String({ description: 'nodes behind this one' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })),
  }),
  response: json('The logs', LogList),
};
