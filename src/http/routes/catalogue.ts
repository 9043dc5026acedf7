import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admission } from '../../access/caller.js';
import { type Refusal, refuse } from '../../base/errors.js';
import type { PublishOnce } from '../../engine/retries/publish-once.js';
import { type CatalogueKind, isCatalogueName, readReference } from '../../schema/catalogue.js';
import { PublishedVersion, StoredVersion, VersionList } from '../../schema/catalogue-answers.js';
import { ROLES } from '../../schema/keys-file.js';
import { PolicyDocument } from '../../schema/policy.js';
import { ProfileDocument } from '../../schema/profile.js';
import { IDEMPOTENCY_HEADERS, keyedRequest, REPLAYED } from '../idempotency.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';

/** A version as a caller sees it; the document is what was published. */
export interface ShownVersion {
  readonly name: string;
  readonly version: number;
  /** JSON. */
  readonly document: string;
}

export interface CataloguePorts {
  readonly publish: PublishOnce;
  readonly findVersion: (kind: CatalogueKind, reference: string) => ShownVersion | undefined;
  readonly listVersions: (
    kind: CatalogueKind,
    after: string,
    limit: number,
  ) => readonly Pick<ShownVersion, 'name' | 'version'>[];
}

const MAY_PUBLISH: Admission = ['operator', 'admin'];
const PAGE_DEFAULT = 100;
const PAGE_MAX = 1000;
const EMPTY = Buffer.alloc(0);
const ENTITY_TAG = /^"(0|[1-9]\d{0,8})"$/;

/** Publishing, reading and listing: the same for policies and for profiles. */
export function catalogueRoutes(app: FastifyInstance, kind: CatalogueKind, ports: CataloguePorts): void {
  const path = kind === 'policy' ? '/v1/policies' : '/v1/profiles';
  const words = describe(kind);
  const publishing = { schema: words.publish, ...UNTOUCHED, config: { roles: MAY_PUBLISH } };
  app.put<Named>(`${path}/:name`, publishing, (request, reply) => publish(kind, request, reply, ports));
  const reading = { schema: words.read, ...UNTOUCHED, config: { roles: ROLES } };
  app.get<Named>(`${path}/:name`, reading, (request, reply) => {
    const { name } = request.params;
    const found = ports.findVersion(kind, name);
    if (found === undefined) return sendRefusal(reply, nothingAt(kind, name));
    return send(
      reply.header('etag', `"${found.version}"`),
      `{"name":"${found.name}","version":${found.version},"document":${found.document}}`,
    );
  });
  app.get<Paged>(path, { schema: words.list, config: { roles: ROLES } }, (request) => {
    const { after = '', limit = PAGE_DEFAULT } = request.query;
    const found = ports.listVersions(kind, after, limit + 1);
    const versions = found.slice(0, limit).map(({ name, version }) => ({ name, version }));
    return { versions, ...(found.length > limit && { next: versions.at(-1)!.name }) };
  });
}

/** What could not be a name is not repeated. */
function nothingAt(kind: CatalogueKind, name: string): Refusal {
  return readReference(name) === undefined
    ? refuse('NOT_FOUND', `There is no such ${kind}.`)
    : refuse('NOT_FOUND', `There is no ${kind} ${name}.`);
}

interface Named {
  Params: { name: string };
}

interface Paged {
  Querystring: { after?: string; limit?: number };
}

async function publish(
  kind: CatalogueKind,
  request: FastifyRequest<Named>,
  reply: FastifyReply,
  ports: CataloguePorts,
): Promise<FastifyReply> {
  const { name } = request.params;
  if (!isCatalogueName(name)) return sendRefusal(reply, refuse('INVALID_NAME'));
  const condition = conditionOf(request.headers['if-match']);
  if (condition === 'unreadable') {
    return sendRefusal(
      reply,
      refuse('MALFORMED_HTTP', '`If-Match` must be a version in quotes, such as "3".'),
    );
  }
  // A name never goes again, so whether there is one can be asked before.
  if (request.headers['if-match'] === '*' && ports.findVersion(kind, name) === undefined) {
    return sendRefusal(reply, refuse('STALE_VERSION', `There is no ${kind} ${name}; nothing was published.`));
  }
  const bytes = (request.body as Buffer | undefined) ?? EMPTY;
  const keyed = keyedRequest(request, bytes);
  const result = await ports.publish({ kind, name, bytes, expected: condition }, keyed);
  if ('refusal' in result) return sendRefusal(reply, result.refusal);
  if (result.recordId !== undefined) void reply.header('parley-record', result.recordId);
  if (result.isReplayed === true) void reply.header(...REPLAYED);
  void reply.code(result.isNew ? 201 : 200).header('etag', `"${result.version}"`);
  return send(reply, JSON.stringify({ name, version: result.version }));
}

/** The version that has to be the newest one; undefined when the caller does not mind. */
function conditionOf(header: string | undefined): number | undefined | 'unreadable' {
  if (header === undefined || header === '*') return undefined;
  const tag = ENTITY_TAG.exec(header);
  return tag === null ? 'unreadable' : Number(tag[1]);
}

function send(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json);
}

function describe(kind: CatalogueKind) {
  const document = kind === 'policy' ? PolicyDocument : ProfileDocument;
  const common = { tags: [kind === 'policy' ? 'policies' : 'profiles'] };
  const refused = {
    '4xx': { description: 'Refused', ...problem() },
    '5xx': { description: 'Not done', ...problem() },
  };
  const params = Type.Object({ name: Type.String() });
  const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
  return {
    publish: {
      ...common,
      params,
      summary: `Publish a new version of a ${kind}`,
      description:
        'The same document as the newest version is that version again. `If-Match: "3"` publishes only while 3 is the newest.',
      headers: IDEMPOTENCY_HEADERS,
      body: document,
      response: {
        200: { description: 'It is the newest version already', ...json(PublishedVersion) },
        201: { description: 'The version is in force', ...json(Type.Omit(PublishedVersion, [])) },
        ...refused,
      },
    },
    read: {
      ...common,
      params,
      summary: `Read a ${kind}: \`name\` for the newest version, \`name@3\` for that one`,
      response: { 200: { description: 'The version', ...json(StoredVersion) }, ...refused },
    },
    list: {
      ...common,
      summary: kind === 'policy' ? 'List policies by name' : 'List profiles by name',
      querystring: Type.Object({
        after: Type.Optional(Type.String({ description: 'names behind this one' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })),
      }),
      response: { 200: VersionList },
    },
  };
}
