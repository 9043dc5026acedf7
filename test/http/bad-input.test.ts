import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltServer, expectQuietLog, startBuiltServer } from '../support/built-server.js';
import { Connection, connectTo } from '../support/connection.js';
import { type Asking } from '../support/http-messages.js';
import { type Expected, expectRefusal } from '../support/envelope.js';
import { bytesOf, GOOD_BYTES } from '../support/rounds.js';
import { DEEP_BODIES, HARMLESS_BODIES, NOT_JSON_BODIES, UNSAFE_BODIES } from './bad-bodies.js';
import { BAD_ROUNDS } from './bad-rounds.js';
import { BAD_REQUESTS } from './bad-requests.js';

let server: BuiltServer;
let goodAnswer: string;

beforeAll(async () => {
  server = await startBuiltServer();
  const connection = await Connection.open(server.port);
  goodAnswer = (await connection.ask({ body: GOOD_BYTES })).body;
  connection.close();
});

afterAll(async () => {
  expectQuietLog(await server.stop());
});

describe('a body that cannot be read', () => {
  test.each(titled([...NOT_JSON_BODIES, ...UNSAFE_BODIES, ...DEEP_BODIES]))(
    '%s',
    (_, { body, ...expected }) => check({ body }, expected),
  );
});

describe('JSON that is not a round', () => {
  test.each(titled(BAD_ROUNDS))('%s', (_, { round, ...expected }) =>
    check({ body: Buffer.isBuffer(round) ? round : bytesOf(round) }, expected),
  );
});

describe('a request that is none of ours', () => {
  test.each(titled(BAD_REQUESTS))('%s', (_, { request, allow, ...expected }) =>
    check(request, expected, allow),
  );
});

describe('a body that only looks bad', () => {
  test.each(HARMLESS_BODIES.map((harmless) => [harmless.says, harmless.body] as const))(
    '%s: cleared',
    async (_, body) => {
      const connection = await connectTo(server);
      expect(await connection.ask({ body })).toMatchObject({ status: 200, body: goodAnswer });
    },
  );
});

function titled<Case extends Expected & { readonly says: string }>(cases: readonly Case[]): [string, Case][] {
  return cases.map((one) => [`${one.says}: ${one.code} ${one.path ?? ''}`, one]);
}

/** The refusal is coded, the connection stays open, and the next round on it clears as if nothing had happened. */
async function check(request: Asking, expected: Expected, allow?: string): Promise<void> {
  const connection = await connectTo(server);
  const refusal = await connection.ask(request);
  if (request.method !== 'HEAD') expectRefusal(refusal, expected);
  expect(refusal.headers['allow']).toBe(allow);
  expect(refusal.headers['connection']).not.toBe('close');
  expect(await connection.ask({ body: GOOD_BYTES })).toMatchObject({ status: 200, body: goodAnswer });
}
