import { isAscii } from 'node:buffer';
import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { type Refusal, refuse } from '../base/errors.js';
import type { RoundLimits } from '../schema/limits.js';
import { roundRequestSchema } from '../schema/round.js';
import { buildRound } from './build-round.js';
import { buildScannedRound } from './build-scanned-round.js';
import { parseJson } from './parse-json.js';
import type { Round } from './round.js';
import { scanBids } from './scan-bids.js';

export type RoundReading = { readonly round: Round } | { readonly refusal: Refusal };
export type RoundReader = (bytes: Buffer) => RoundReading;

/** Turns the bytes of a request into a round, or says what is wrong with them. */
export function roundReader(limits: RoundLimits): RoundReader {
  const readPlainly = plainRoundReader(limits);
  return (bytes) => {
    const round = scanRound(bytes, limits, readPlainly);
    return round === undefined ? readPlainly(bytes) : { round };
  };
}

/**
 * The obvious reader: parse, check against the schema, build. The faster one falls back on it for everything that is
 * not plain, and a property test holds both equal.
 */
export function plainRoundReader(limits: RoundLimits): RoundReader {
  const schema = TypeCompiler.Compile(roundRequestSchema(limits));
  return (bytes) => {
    const parsed = parseJson(bytes, limits.nestingMax);
    if ('refusal' in parsed) return parsed;
    if (schema.Check(parsed.value)) return buildRound(parsed.value);
    return { refusal: misfit(schema.Errors(parsed.value).First()) };
  };
}

/** Undefined when the request is not plain or has a fault: the plain reader knows how to say which. */
function scanRound(bytes: Buffer, limits: RoundLimits, readPlainly: RoundReader): Round | undefined {
  if (!isAscii(bytes)) return undefined;
  const scanned = scanBids(bytes, bytes.toString('latin1'), limits);
  if (scanned === undefined) return undefined;
  const frame = readPlainly(Buffer.from(scanned.frame, 'latin1'));
  return 'refusal' in frame ? undefined : buildScannedRound(frame.round, scanned.bids);
}

function misfit(error: ValueError | undefined): Refusal {
  if (error === undefined) return refuse('INVALID_ROUND');
  const place = error.path === '' ? 'The body' : error.path;
  return refuse('INVALID_ROUND', `${place}: ${expectation(error)}.`, error.path);
}

function expectation({ schema, message }: ValueError): string {
  const names = schema['enum'] as readonly string[] | undefined;
  if (names !== undefined) return `expected one of ${names.join(', ')}`;
  const description = schema.description === undefined ? '' : ` (${schema.description})`;
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}${description}`;
}
