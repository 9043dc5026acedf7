import { isAscii } from 'node:buffer';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { Refusal } from '../../base/errors.js';
import type { RoundLimits } from '../../schema/limits.js';
import { type RoundRequest, roundRequestSchema } from '../../schema/round.js';
import { addScannedBids } from './add-scanned-bids.js';
import { buildRound } from './build-round.js';
import { foreignSeat, type Seats } from './foreign-seat.js';
import { misfit } from './misfit.js';
import { parseJson } from './parse-json.js';
import type { Round } from '../round.js';
import type { RuleRequest, RulingResult } from '../rules/rule-book.js';
import { scanBids } from './scan-bids.js';

export type RoundReading = { readonly round: Round } | { readonly refusal: Refusal };
/** `seats` are the only ones whose bids the round may carry; undefined: any. */
export type RoundReader = (bytes: Buffer, seats?: Seats) => RoundReading;
/** Finds what a round is to be decided under. */
export type FindRuling = (request: RuleRequest) => RulingResult;

/** Turns the bytes of a request into a round, or says what is wrong with them. */
export function roundReader(limits: RoundLimits, findRuling: FindRuling): RoundReader {
  const readPlainly = plainRoundReader(limits, findRuling);
  return (bytes, seats) => {
    const round = scanRound(bytes, seats, limits, readPlainly);
    return round === undefined ? readPlainly(bytes, seats) : { round };
  };
}

/**
 * The obvious reader: parse, check against the schema, build. The faster one falls back on it for everything that is
 * not plain, and a property test holds both equal.
 */
export function plainRoundReader(limits: RoundLimits, findRuling: FindRuling): RoundReader {
  const schema = TypeCompiler.Compile(roundRequestSchema(limits));
  return (bytes, seats) => {
    const parsed = parseJson(bytes, limits.nestingMax);
    if ('refusal' in parsed) return parsed;
    if (!schema.Check(parsed.value))
      return { refusal: misfit('INVALID_ROUND', schema.Errors(parsed.value).First()) };
    const foreign = foreignSeat(parsed.value.bids, seats);
    return foreign === undefined ? ruleRound(parsed.value, findRuling) : { refusal: foreign };
  };
}

function ruleRound(request: RoundRequest, findRuling: FindRuling): RoundReading {
  const found = findRuling(request);
  return 'refusal' in found ? found : buildRound(request, found.ruling);
}

/** Undefined when the request is not plain or has a fault: the plain reader knows how to say which. */
function scanRound(
  bytes: Buffer,
  seats: Seats,
  limits: RoundLimits,
  readPlainly: RoundReader,
): Round | undefined {
  if (!isAscii(bytes)) return undefined;
  const scanned = scanBids(bytes, bytes.toString('latin1'), limits);
  if (scanned === undefined || foreignSeat(scanned.bids, seats) !== undefined) return undefined;
  const frame = readPlainly(Buffer.from(scanned.frame, 'latin1'));
  return 'refusal' in frame ? undefined : addScannedBids(frame.round, scanned.bids);
}
