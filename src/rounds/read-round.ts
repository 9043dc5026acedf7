import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { type Refusal, refuse } from '../base/errors.js';
import type { RoundLimits } from '../schema/limits.js';
import { type RoundRequest, roundRequestSchema } from '../schema/round.js';
import { buildRound } from './build-round.js';
import { parseJson } from './parse-json.js';
import type { Round } from './round.js';

export type RoundReading = { readonly round: Round } | { readonly refusal: Refusal };
export type RoundReader = (bytes: Buffer) => RoundReading;

/** Compiles the schema once; the reader turns the bytes of a request into a round or says what is wrong with them. */
export function roundReader(limits: RoundLimits): RoundReader {
  const schema = TypeCompiler.Compile(roundRequestSchema(limits));
  return (bytes) => {
    const parsed = parseJson(bytes, limits.nestingMax);
    if ('refusal' in parsed) return parsed;
    if (schema.Check(parsed.value)) return buildRound(parsed.value satisfies RoundRequest);
    return { refusal: misfit(schema.Errors(parsed.value).First()) };
  };
}

function misfit(error: ValueError | undefined): Refusal {
  if (error === undefined) return refuse('INVALID_ROUND');
  const path = error.path === '' ? '/' : error.path;
  return refuse('INVALID_ROUND', `${path}: ${expectation(error)}.`, path);
}

function expectation({ schema, message }: ValueError): string {
  const names = schema['enum'] as readonly string[] | undefined;
  if (names !== undefined) return `expected one of ${names.join(', ')}`;
  const description = schema.description === undefined ? '' : ` (${schema.description})`;
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}${description}`;
}
