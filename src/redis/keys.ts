/**
 * Every key of Parley, and nobody else spells one. What stands in braces decides the slot of a Cluster: keys that one
 * script touches have it in common.
 *
 *     {log:NODE}     the log of a node, and the answers that stand with its records
 *     {catalogue}    policies and profiles
 *     {logs}         which nodes have a log        {ties}  the secret that orders ties
 *     {s:SESSION}    a session          {d:BUCKET}  deadlines
 *     {r:BUCKET}     reserved keys      {retries}   how many bytes they and their answers take
 */
const PREFIX = 'parley:';

export interface LogKeys {
  readonly head: string;
  readonly bodies: string;
  readonly headers: string;
}

export function logKeys(node: string): LogKeys {
  const tag = `${PREFIX}{log:${node}}`;
  return { head: `${tag}:head`, bodies: `${tag}:bodies`, headers: `${tag}:headers` };
}

export function logHeadKey(node: string): string {
  return logKeys(node).head;
}

export function answerKey(node: string, key: string): string {
  return `${PREFIX}{log:${node}}:answer:${key}`;
}

export function aliveKey(node: string): string {
  return `${PREFIX}{log:${node}}:alive`;
}

/** Written behind what a replica has to have, in the same slot. */
export function replicatedKey(key: string): string {
  return `${key}:replicated`;
}

/** Asked for as long as this process has no log. */
export const PULSE_KEY = `${PREFIX}{pulse}`;

/** Written to find out whether Redis takes writes, in the same slot as this key. */
export function pulseKey(key: string): string {
  return `${key}:pulse`;
}

/** Nodes by name, and in the order of their births. */
export const NODES_KEYS: readonly [string, string] = [`${PREFIX}{logs}:names`, `${PREFIX}{logs}:births`];

/** Publications in their order, the newest of each name, bytes of all. */
export const CATALOGUE_KEYS: readonly [string, string, string] = [
  `${PREFIX}{catalogue}:publications`,
  `${PREFIX}{catalogue}:newest`,
  `${PREFIX}{catalogue}:bytes`,
];

/** The secret that orders ties, where the nodes were given none. */
export const TIE_KEY = `${PREFIX}{ties}:key`;

export function sessionKeys(session: string): readonly [string, string] {
  return [`${PREFIX}{s:${session}}:head`, `${PREFIX}{s:${session}}:events`];
}

export const DEADLINE_BUCKETS = 16;

export function deadlinesKey(bucket: number): string {
  return `${PREFIX}{d:${bucket}}:deadlines`;
}

/** A session has all its deadlines in one bucket. */
export function deadlinesKeyOf(session: string): string {
  return deadlinesKey(fnv1a(Buffer.from(session)) % DEADLINE_BUCKETS);
}

export function reservationKey(key: string): string {
  return `${PREFIX}{r:${key.slice(0, 2)}}:${key}`;
}

export const RETRY_BYTES_KEY = `${PREFIX}{retries}:bytes`;

/** FNV-1a, 32 bits: spreads, and need not resist anybody. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 2_166_136_261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return hash;
}
