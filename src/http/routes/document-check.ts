import { Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { refuse } from '../../base/errors.js';
import type { ForeseeVersion } from '../../engine/foresee-version.js';
import { type CatalogueKind, isCatalogueName } from '../../schema/catalogue.js';
import { ForeseenVersion } from '../../schema/catalogue-answers.js';
import { PolicyDocument } from '../../schema/policy.js';
import { ProfileDocument } from '../../schema/profile.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';

const EMPTY = Buffer.alloc(0);

/** Checking a document without publishing it: the same for policies and for profiles. */
export function documentCheckRoute(app: FastifyInstance, kind: CatalogueKind, foresee: ForeseeVersion): void {
  const path = kind === 'policy' ? '/v1/policies/check' : '/v1/profiles/check';
  app.post<{ Querystring: { name?: unknown } }>(
    path,
    { schema: describe(kind), ...UNTOUCHED, config: { roles: ['bidder', 'operator', 'admin'] } },
    (request, reply) => {
      const { name } = request.query;
      if (!isAbsentOrName(name)) return sendRefusal(reply, refuse('INVALID_NAME'));
      const bytes = (request.body as Buffer | undefined) ?? EMPTY;
      const foresight = foresee({ kind, name, bytes });
      return 'refusal' in foresight ? sendRefusal(reply, foresight.refusal) : foresight;
    },
  );
}

function isAbsentOrName(name: unknown): name is string | undefined {
  return name === undefined || (typeof name === 'string' && isCatalogueName(name));
}

function describe(kind: CatalogueKind) {
  return {
    tags: [kind === 'policy' ? 'policies' : 'profiles'],
    summary: `Check a ${kind} without publishing it`,
    description: 'Says what is wrong with the document, or which version it would be. Nothing is kept.',
    querystring: Type.Object({
      name: Type.Optional(Type.String({ description: 'what it would be published as; absent: a new name' })),
    }),
    body: kind === 'policy' ? PolicyDocument : ProfileDocument,
    response: {
      200: {
        description: 'The document can be published',
        content: { 'application/json': { schema: ForeseenVersion } },
      },
      '4xx': { description: 'The document cannot be published', ...problem() },
      '5xx': { description: 'The document was not checked; it may be sent again', ...problem() },
    },
  };
}
