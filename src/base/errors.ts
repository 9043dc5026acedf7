/**
 * Everything a request can be refused for, once. A refusal is a value; an exception means something is broken.
 * API.md prints this table, and a test holds both equal.
 */
export interface ErrorDeclaration {
  /** HTTP status. */
  readonly status: number;
  /** Whether sending the same request again later can succeed. */
  readonly retryable: boolean;
  /** One sentence for the caller. */
  readonly sentence: string;
}

const declare = (
  status: number,
  sentence: string,
  retryable = status >= 500 || status === 408,
): ErrorDeclaration => ({ status, sentence, retryable });

const RETRYABLE = true;

export const ERRORS = {
  MALFORMED_HTTP: declare(400, 'The request is not valid HTTP.'),
  NOT_JSON: declare(400, 'The body is not one JSON value in UTF-8.'),
  UNSAFE_KEYS: declare(400, 'The body has a `__proto__` key, or a `constructor` that holds `prototype`.'),
  NESTING_TOO_DEEP: declare(400, 'The body nests arrays and objects deeper than the limit.'),
  INVALID_IDEMPOTENCY_KEY: declare(
    400,
    '`Idempotency-Key` must be 16 to 255 characters of ASCII 0x21 to 0x7E.',
  ),
  UNAUTHENTICATED: declare(401, 'The request needs a bearer key that the engine knows and that is in force.'),
  FORBIDDEN: declare(
    403,
    'The caller may not do this; `path` names the first seat that it may not bid for, where that is why.',
  ),
  NOT_FOUND: declare(404, 'There is nothing at this address.'),
  METHOD_NOT_ALLOWED: declare(
    405,
    'This address exists, but not for this method; `Allow` lists the methods.',
  ),
  REQUEST_TIMEOUT: declare(408, 'The request did not arrive whole within the time limit.'),
  IN_FLIGHT: declare(
    409,
    'The first request with this `Idempotency-Key` is not answered yet; ask again after `Retry-After` seconds.',
    RETRYABLE,
  ),
  STALE_VERSION: declare(
    409,
    'The newest version is not the one that `If-Match` names; nothing was published.',
  ),
  CATALOGUE_FULL: declare(409, 'The catalogue has no room for another version; nothing was published.'),
  RECORD_NOT_KEPT: declare(
    409,
    'Only the hash of the record is kept (retention `digest`); whoever holds the record can have it explained and replayed by `parley`.',
  ),
  TRIMMED: declare(410, 'What is asked for was in the trail and went to make room.'),
  BODY_TOO_LARGE: declare(413, 'The body is larger than the limit.'),
  UNSUPPORTED_MEDIA_TYPE: declare(415, 'The body must be sent as `application/json`.'),
  EXPECTATION_FAILED: declare(417, 'The `Expect` header asks for something else than `100-continue`.'),
  INVALID_ROUND: declare(
    422,
    'The body is JSON, but not a round: `path` names the first field that does not fit.',
  ),
  INVALID_BID_REQUEST: declare(
    422,
    'The body is JSON, but no bid request with its responses: `path` names the first field that cannot be used.',
  ),
  DUPLICATE_ID: declare(422, 'Two lots, two bids or two deals of a lot share an id.'),
  UNKNOWN_LOT: declare(422, 'A bid names a lot that the round does not sell.'),
  UNKNOWN_CURRENCY: declare(422, 'The currency is not a code of ISO 4217, or has no exchange rate.'),
  FORMAT_MISMATCH: declare(422, 'The round uses a feature that its format does not have.'),
  UNKNOWN_POLICY: declare(422, 'The round names a policy, or a version of one, that does not exist.'),
  UNKNOWN_PROFILE: declare(422, 'The round names a profile, or a version of one, that does not exist.'),
  INVALID_POLICY: declare(422, 'The policy cannot be taken: `path` names the first part that does not fit.'),
  INVALID_PROFILE: declare(
    422,
    'The profile cannot be taken: `path` names the first part that does not fit.',
  ),
  INVALID_CHECK: declare(422, 'A check needs either a `bid` or a `round`, and no members it does not know.'),
  INVALID_NAME: declare(
    422,
    'Names are a letter or digit and up to 63 of letters, digits, `.`, `_` and `-`, and do not begin with `inline-`.',
  ),
  IDEMPOTENCY_MISMATCH: declare(
    422,
    'The `Idempotency-Key` came before with another request; nothing was decided.',
  ),
  HEADERS_TOO_LARGE: declare(431, 'The request headers are larger than the limit.'),
  OVERLOADED: declare(503, 'The engine has as much work as it accepts; nothing was decided.'),
  DRAINING: declare(503, 'The engine is shutting down; nothing was decided.'),
  WORKER_FAILED: declare(503, 'The worker that held the round failed; nothing was decided.'),
  IDEMPOTENCY_FULL: declare(
    503,
    'There is no room for another `Idempotency-Key`, because answers are never forgotten early; nothing was decided.',
  ),
  LEDGER_UNAVAILABLE: declare(503, 'The ledger could not take the record; nothing was decided.'),
  OUTCOME_UNKNOWN: declare(
    503,
    'The ledger did not say whether it has the record; the round may have been decided.',
  ),
  INTERNAL_FAULT: declare(
    503,
    'The engine broke one of its own promises; the fault is logged under the request id.',
  ),
  ROUND_EXPIRED: declare(
    504,
    'The round waited for a worker longer than its `tmax` or the engine allows; nothing was decided.',
  ),
} as const satisfies Record<string, ErrorDeclaration>;

export type ErrorCode = keyof typeof ERRORS;

/** Why a request was refused, in the words of the catalogue. `path` is a JSON pointer into the body. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path?: string;
}

export function refuse(code: ErrorCode, message: string = ERRORS[code].sentence, path?: string): Refusal {
  return path === undefined ? { code, message } : { code, message, path };
}
