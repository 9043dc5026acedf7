import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { refuse } from '../../base/errors.js';
import { type BulkDoor, BulkStream } from '../bulk/bulk-stream.js';
import { IDEMPOTENCY_HEADERS, keyedLines } from '../idempotency.js';
import { isPlainText } from '../plugins/raw-body.js';
import { RefusalError } from '../refusal-error.js';
import { sendRefusal } from '../send-refusal.js';
import { problem, UNTOUCHED } from './decided-by-worker.js';
import { MAY_CLEAR } from './rounds.js';

const MEDIA_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

interface Asking {
  Querystring: { readonly records?: string };
}

/** Rounds in, answers out, one a line, while the body is still arriving. */
export function bulkRoute(app: FastifyInstance, door: BulkDoor, streamsMax: number): void {
  const open = new Set<BulkStream>();
  void app.register((scope, _options, done) => {
    takeLinesOnly(scope);
    const options = { schema: DESCRIPTION, ...UNTOUCHED, config: { roles: MAY_CLEAR } };
    scope.post<Asking>('/v1/rounds/batch', options, async (request, reply) => {
      if (request.body === undefined) throw notLines();
      if (open.size >= streamsMax) return refuseStream(reply);
      const ask = { withRecords: request.query.records === 'true', keyedLine: keyedLines(request) };
      reply.hijack();
      const stream = new BulkStream(reply, door, ask);
      open.add(stream);
      await stream.serve().finally(() => open.delete(stream));
      return reply;
    });
    // A body without end must not keep a door from closing.
    scope.addHook('preClose', (closed) => {
      for (const stream of open) stream.end(refuse('DRAINING'));
      closed();
    });
    done();
  });
}

/** The body stays a stream: nothing of it is read before its lines are asked for. */
function takeLinesOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(MEDIA_TYPES, (request, body, done) => {
    done(isPlainText(request) ? null : notLines(), body);
  });
  scope.addContentTypeParser('*', (_request, _body, done) => {
    done(notLines());
  });
}

function notLines(): RefusalError {
  const message = 'The body must be sent as `application/x-ndjson` in UTF-8, not compressed.';
  return new RefusalError(refuse('UNSUPPORTED_MEDIA_TYPE', message));
}

function refuseStream(reply: FastifyReply): FastifyReply {
  return sendRefusal(reply, refuse('OVERLOADED', 'As many streams are open as the engine accepts.'));
}

const LINES = { content: { 'application/x-ndjson': { schema: Type.String() } } };

const DESCRIPTION = {
  tags: ['rounds'],
  summary: 'Clear a stream of sealed rounds',
  description:
    'Newline-delimited: one round a line in, one answer a line out, in the same order, while the body is still arriving. ' +
    'A line is answered with the body that `POST /v1/rounds` would give. A line that is refused is answered with ' +
    '`{"line","code","message","path","requestId"}`, counting from 1, and the stream goes on. ' +
    'Both directions are held back when the other is slow, so a body may be of any length.',
  consumes: MEDIA_TYPES,
  headers: IDEMPOTENCY_HEADERS,
  querystring: Type.Object({
    records: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], {
        description: '`true` adds the member `record`, the id of its record, to each answer',
      }),
    ),
  }),
  body: Type.String({ description: 'One round a line, as the body of `POST /v1/rounds`' }),
  response: {
    200: { description: 'The answers, one a line', ...LINES },
    '4xx': { description: 'The stream is refused; nothing was decided', ...problem() },
    '5xx': { description: 'The stream was not begun; it may be sent again', ...problem() },
  },
};
