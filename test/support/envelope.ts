import { expect } from 'vitest';
import { type ErrorCode, ERRORS } from '../../src/base/errors.js';
import type { Answer } from './http-messages.js';

export interface Expected {
  readonly code: ErrorCode;
  /** Undefined: the refusal names no field. */
  readonly path?: string | undefined;
}

/** The answer is the one error envelope, with the status that the catalogue gives this code, and nothing leaks. */
export function expectRefusal({ status, headers, body }: Answer, { code, path }: Expected): void {
  expect(status, body).toBe(ERRORS[code].status);
  expect(headers['content-type']).toMatch(/^application\/json/);
  const envelope = JSON.parse(body) as Record<string, unknown>;
  expect(envelope).toEqual({
    code,
    message: expect.stringMatching(/\S/) as string,
    requestId: expect.stringMatching(/^[\x21-\x7e]+$/) as string,
    ...(path === undefined ? {} : { path }),
  });
  expect(body).not.toMatch(/\bat .+:\d+:\d+|node:internal|node_modules/);
  if (status === 503) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
}
