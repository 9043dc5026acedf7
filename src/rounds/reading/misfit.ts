import type { ValueError } from '@sinclair/typebox/compiler';
import { type ErrorCode, type Refusal, refuse } from '../../base/errors.js';

/** A refusal in the words of the first thing that does not fit a schema. */
export function misfit(code: ErrorCode, error: ValueError | undefined): Refusal {
  if (error === undefined) return refuse(code);
  const told = behindAlternatives(error);
  const place = told.path === '' ? 'The body' : told.path;
  return refuse(code, `${place}: ${expectation(told)}.`, told.path);
}

/** Of alternatives that are not described together, the first is meant: the others are there for absence. */
function behindAlternatives(error: ValueError): ValueError {
  if (error.schema.description !== undefined) return error;
  const first = error.errors[0]?.First();
  return first === undefined ? error : behindAlternatives(first);
}

function expectation({ schema, message }: ValueError): string {
  const names = schema['enum'] as readonly string[] | undefined;
  if (names !== undefined) return `expected one of ${names.join(', ')}`;
  const description = schema.description === undefined ? '' : ` (${schema.description})`;
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}${description}`;
}
