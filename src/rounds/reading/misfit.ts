import type { ValueError } from '@sinclair/typebox/compiler';
import { type ErrorCode, type Refusal, refuse } from '../../base/errors.js';

/** A refusal in the words of the first thing that does not fit a schema. */
export function misfit(code: ErrorCode, error: ValueError | undefined): Refusal {
  if (error === undefined) return refuse(code);
  const place = error.path === '' ? 'The body' : error.path;
  return refuse(code, `${place}: ${expectation(error)}.`, error.path);
}

function expectation({ schema, message }: ValueError): string {
  const names = schema['enum'] as readonly string[] | undefined;
  if (names !== undefined) return `expected one of ${names.join(', ')}`;
  const description = schema.description === undefined ? '' : ` (${schema.description})`;
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}${description}`;
}
