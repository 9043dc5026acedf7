import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { refuse } from '../base/errors.js';
import type { KeyedRequest } from '../engine/retries/claim.js';
import { RefusalError } from './refusal-error.js';

const HEADER = 'idempotency-key';
const KEY = /^[\x21-\x7e]{16,255}$/;

/** Stands on an answer that was given before. */
export const REPLAYED = ['idempotent-replayed', 'true'] as const;

/** For the description of a route. */
export const IDEMPOTENCY_HEADERS = Type.Object({
  [HEADER]: Type.Optional(
    Type.String({
      pattern: KEY.source,
      description: 'makes it safe to send the request again: it is decided once, and answered the same',
    }),
  ),
});

/** What a request is, if it has a key: the same address, condition and bytes are the same request. @throws RefusalError */
export function keyedRequest(request: FastifyRequest, bytes: Buffer): KeyedRequest | undefined {
  const { [HEADER]: key, 'if-match': condition = '' } = request.headers;
  if (key === undefined) return undefined;
  const address = `${request.method} ${request.url}\n${condition}\n`;
  return { key: scoped(request, readKey(key)), fingerprint: fingerprintOf(address, bytes) };
}

/** Lines of a stream by their number; undefined when the stream has no key. */
export type KeyedLine = (line: number, bytes: Buffer) => KeyedRequest;

/** Of a line only its number and bytes count: how its answer is written is the business of the stream. @throws RefusalError */
export function keyedLines(request: FastifyRequest): KeyedLine | undefined {
  const { [HEADER]: given } = request.headers;
  if (given === undefined) return undefined;
  const key = readKey(given);
  return (line, bytes) => ({
    key: scoped(request, `${key}\n${line}`),
    fingerprint: fingerprintOf('line\n', bytes),
  });
}

function readKey(given: string | readonly string[]): string {
  if (typeof given !== 'string' || !KEY.test(given))
    throw new RefusalError(refuse('INVALID_IDEMPOTENCY_KEY'));
  return given;
}

/** A key is its caller's own. */
function scoped(request: FastifyRequest, key: string): string {
  return createHash('sha256').update(`${request.caller.name}\n${key}`).digest('hex');
}

function fingerprintOf(address: string, bytes: Buffer): string {
  return createHash('sha256').update(address).update(bytes).digest('hex');
}
