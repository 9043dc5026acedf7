import { isIP } from 'node:net';
import type { Declaration } from './declaration.js';
import { attributePointers, rates, references, requirables } from './declare-openrtb.js';
import { DEFAULT_ROUND_LIMITS } from '../schema/limits.js';
import { readRedisUrl, type RedisTarget } from '../base/redis-target.js';
import { RETENTIONS } from '../trail/retention.js';

/** Whether an answer waits until the ledger has the record, or until a replica has it, too. */
export const DURABILITIES = ['async', 'ack', 'replicated'] as const;
const CALLER_KEY = /^parley_[A-Za-z0-9_-]{43}$/;
const MIB = 1_048_576;
const HOST = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/;

/**
 * Every option of the engine, once: README prints this table, and a test holds both equal.
 * All come from the environment. Nothing else in Parley reads it.
 */
export const OPTIONS = {
  PARLEY_HOST: host(
    'Address to listen on; without `PARLEY_KEYS_FILE` only 127.x.x.x, ::1 or localhost, which only this machine can reach.',
  ),
  PARLEY_PORT: integer(8080, 0, 65_535, 'Port to listen on; 0 takes a free one.'),
  PARLEY_KEYS_FILE: path('Who may call, with which key, and do what; absent: everybody may do everything.'),
  PARLEY_KEY: callerKey(
    'Key that commands call an engine with, such as `export --from`; the engine does not use it.',
  ),
  PARLEY_THREADS: perMachine(1, 128, 'Worker threads that decide rounds.'),
  REDIS_URL: redisUrl('The ledger that nodes share; absent: records live in the process.'),
  PARLEY_DURABILITY: choice(
    'ack',
    DURABILITIES,
    'What an answer waits for: nothing, the ledger, or a replica of it as well.',
  ),
  PARLEY_LEDGER_MS_MAX: integer(2000, 100, 60_000, 'A ledger that does not answer within this time is away.'),
  PARLEY_RETENTION: choice('full', RETENTIONS, 'What the trail keeps of a record: all, its hash, nothing.'),
  PARLEY_TIE_KEY: secretBytes(
    32,
    'Secret that orders tied bids; absent: drawn once for a Redis, at each start without one.',
  ),
  PARLEY_LOG_LEVEL: choice(
    'warn',
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'What is written to the log; `info` has a line for each request.',
  ),
  PARLEY_BODY_BYTES_MAX: integer(MIB, 1024, 16 * MIB, 'Largest request body.'),
  PARLEY_BIDS_MAX: integer(DEFAULT_ROUND_LIMITS.bidsMax, 1, 10_000, 'Most bids of a round.'),
  PARLEY_LOTS_MAX: integer(DEFAULT_ROUND_LIMITS.lotsMax, 1, 1000, 'Most lots of a round.'),
  PARLEY_NESTING_MAX: integer(DEFAULT_ROUND_LIMITS.nestingMax, 8, 1000, 'Deepest nesting of a body.'),
  PARLEY_QUEUE_MAX: integer(
    2048,
    1,
    1_000_000,
    'Rounds that may wait for a worker; past it the answer is 503.',
  ),
  PARLEY_QUEUE_MS_MAX: integer(
    500,
    1,
    600_000,
    'Longest wait for a worker; longer is 504, and 503 at once where it can be foreseen.',
  ),
  PARLEY_BATCH_ROUNDS_MAX: integer(64, 1, 1024, 'Most rounds that travel to a worker together.'),
  PARLEY_BATCH_BYTES_MAX: integer(MIB / 4, 1024, 64 * MIB, 'A batch takes no further round past this size.'),
  PARLEY_INTAKE_BYTES_MAX: integer(
    64 * MIB,
    MIB,
    16_384 * MIB,
    'Most bytes of bodies held at once, arriving or waiting; past it the answer is 503.',
  ),
  PARLEY_HANG_MS_MAX: integer(
    5000,
    100,
    600_000,
    'A batch that takes longer is given up and its worker replaced.',
  ),
  PARLEY_REQUEST_MS_MAX: integer(10_000, 100, 600_000, 'A request has to arrive whole within this time.'),
  PARLEY_CONNECTIONS_MAX: integer(
    10_000,
    1,
    1_000_000,
    'Most open connections; further ones are closed at once.',
  ),
  PARLEY_STREAMS_MAX: integer(64, 1, 10_000, 'Most open streams of rounds; past it the answer is 503.'),
  PARLEY_DRAIN_MS_MAX: integer(
    10_000,
    100,
    600_000,
    'How long a stop waits for the answers of accepted rounds.',
  ),
  PARLEY_TRAIL_BYTES_MAX: integer(
    256 * MIB,
    MIB,
    16_384 * MIB,
    'Most bytes of trail that are kept: of all logs in the embedded ledger, of each log in Redis.',
  ),
  PARLEY_LOG_BLOCKS_MAX: integer(
    100_000,
    10,
    100_000_000,
    'Most blocks of a log; then the node begins another. Headers stay as long as the log.',
  ),
  PARLEY_LOGS_MAX: integer(
    100,
    2,
    10_000,
    'Most logs of a ledger on Redis; the oldest ones go, whole. The embedded one keeps two.',
  ),
  PARLEY_CATALOGUE_BYTES_MAX: integer(
    64 * MIB,
    MIB / 16,
    1024 * MIB,
    'Most bytes of policies and profiles, all versions together.',
  ),
  PARLEY_IDEMPOTENCY_HOURS: integer(24, 1, 720, 'How long an idempotency key and its answer are kept.'),
  PARLEY_IDEMPOTENCY_BYTES_MAX: integer(
    64 * MIB,
    MIB / 16,
    16_384 * MIB,
    'Most bytes kept of idempotency keys and their answers; past it a request with a new key is answered 503.',
  ),
  PARLEY_SESSIONS_MAX: integer(100_000, 1, 100_000_000, 'Most sessions the embedded ledger keeps.'),
  PARLEY_SESSION_EVENTS_MAX: integer(10_000, 10, 1_000_000, 'Most events of a session.'),
  PARLEY_RATES: rates('Exchange rates for OpenRTB; see OPENRTB.md.'),
  PARLEY_OPENRTB_POLICIES: references(4, 'Policies that hold for every OpenRTB auction.'),
  PARLEY_OPENRTB_PROFILE: references(1, 'Profile that ranks OpenRTB bids where the request names none.'),
  PARLEY_OPENRTB_ATTRIBUTES: attributePointers('Where in an OpenRTB bid each attribute stands.'),
  PARLEY_OPENRTB_REQUIRED: requirables('What OpenRTB bids have to say.'),
} satisfies Record<string, Declaration<unknown>>;

function integer(fallback: number, min: number, max: number, sentence: string): Declaration<number> {
  const bounds = `${min} to ${max}`;
  return {
    fallback,
    shownDefault: String(fallback),
    bounds,
    sentence,
    read: (given) => readInteger(given, min, max),
  };
}

/** A number whose default depends on the machine, and is chosen where the program starts. */
function perMachine(min: number, max: number, sentence: string): Declaration<number | undefined> {
  return {
    ...integer(min, min, max, sentence),
    fallback: undefined,
    shownDefault: 'cores minus one, at least 1',
  };
}

function readInteger(given: string, min: number, max: number) {
  const value = Number(given);
  if (/^\d{1,15}$/.test(given) && value >= min && value <= max) return { value };
  return { wrong: `must be a whole number from ${min} to ${max}` };
}

function choice<const T extends string>(fallback: T, names: readonly T[], sentence: string): Declaration<T> {
  const bounds = names.join(', ');
  const read = (given: string) => {
    const value = names.find((name) => name === given);
    return value === undefined ? { wrong: `must be one of ${bounds}` } : { value };
  };
  return { fallback, shownDefault: fallback, bounds, sentence, read };
}

/** A key of a caller; an error about it never repeats what was given. */
function callerKey(sentence: string): Declaration<string | undefined> {
  const read = (value: string) =>
    CALLER_KEY.test(value) ? { value } : { wrong: 'must be a key as `parley key` prints it' };
  return { fallback: undefined, shownDefault: 'none', bounds: 'a key of `parley key`', sentence, read };
}

/** Where the shared ledger is; an error about it never repeats what was given, because it may hold a password. */
function redisUrl(sentence: string): Declaration<RedisTarget | undefined> {
  const bounds = '`redis://`, `rediss://`, `redis+cluster://`, `redis+sentinel://`';
  return { fallback: undefined, shownDefault: 'none', bounds, sentence, read: readRedisUrl };
}

/** An address or a name of this machine. Which of them may be used depends on whether there are keys. */
function host(sentence: string): Declaration<string> {
  const fallback = '127.0.0.1';
  const bounds = 'an IP address or a host name';
  const read = (value: string) =>
    isIP(value) !== 0 || HOST.test(value) ? { value } : { wrong: `must be ${bounds}` };
  return { fallback, shownDefault: fallback, bounds, sentence, read };
}

function path(sentence: string): Declaration<string | undefined> {
  const read = (value: string) => ({ value });
  return { fallback: undefined, shownDefault: 'none', bounds: 'path of a file', sentence, read };
}

/** Secret bytes in hex, without a default; an error about them never repeats what was given. */
function secretBytes(bytes: number, sentence: string): Declaration<Uint8Array | undefined> {
  const bounds = `${2 * bytes} hex digits`;
  const pattern = new RegExp(`^[0-9a-fA-F]{${2 * bytes}}$`);
  const read = (given: string) =>
    pattern.test(given)
      ? { value: new Uint8Array(Buffer.from(given, 'hex')) }
      : { wrong: `must be ${bounds}` };
  return { fallback: undefined, shownDefault: 'none', bounds, sentence, read };
}
