/** Where a ledger is: one server, the nodes of a Cluster, or a master that Sentinels know. */
export interface RedisTarget {
  readonly kind: 'server' | 'cluster' | 'sentinel';
  readonly addresses: readonly RedisAddress[];
  readonly isEncrypted: boolean;
  readonly username?: string;
  readonly password?: string;
  /** Of one server or a Sentinel's master; a Cluster has only the first. */
  readonly database: number;
  /** The name Sentinels know the master by. */
  readonly master?: string;
  /** What all keys begin with, so that several deployments may share one Redis. */
  readonly namespace: string;
}

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

const PORT = 6379;
const SENTINEL_PORT = 26_379;
const WRONG_FORM = 'must be redis://, rediss://, redis+cluster:// or redis+sentinel://, with hosts behind it';
const FORM =
  /^(redis|rediss)(?:\+(cluster|sentinel))?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?@]+)(?:\/([^?]*))?(?:\?(.*))?$/;
const ADDRESS = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const NAMESPACE = /^[A-Za-z0-9._:-]{0,64}$/;

/**
 * Reads REDIS_URL: `redis://user:password@host:port/0`, `rediss:` for TLS, `redis+cluster://h1:p1,h2:p2`,
 * `redis+sentinel://h1:p1,h2:p2/master`. Answers what is wrong, without repeating what may be secret.
 */
export function readRedisUrl(url: string): { readonly value: RedisTarget } | { readonly wrong: string } {
  const match = FORM.exec(url);
  if (match === null) return { wrong: WRONG_FORM };
  const [, scheme, form, username = '', password = '', hosts = '', path = '', query = ''] = match;
  const kind = form === 'cluster' || form === 'sentinel' ? form : 'server';
  const addresses = readAddresses(hosts, kind);
  if (addresses === undefined) return { wrong: 'names hosts that are none, or several without +cluster' };
  const namespace = new URLSearchParams(query).get('namespace') ?? '';
  if (!NAMESPACE.test(namespace)) return { wrong: 'has a namespace with characters that it may not have' };
  const place = readPath(kind, path);
  if ('wrong' in place) return place;
  const caller = login(username, password);
  if (caller === undefined) return { wrong: 'names a caller with a percent sign that begins no escape' };
  const isEncrypted = scheme === 'rediss';
  return { value: { kind, addresses, isEncrypted, namespace, ...place, ...caller } };
}

/** Without anything secret. */
export function describeTarget({ kind, addresses, master }: RedisTarget): string {
  const where = addresses.map(({ host, port }) => `${host}:${port}`).join(', ');
  if (kind === 'server') return `Redis at ${where}`;
  return kind === 'cluster' ? `the Redis Cluster of ${where}` : `the Redis master ${master} of ${where}`;
}

function login(username: string, password: string): Pick<RedisTarget, 'username' | 'password'> | undefined {
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    };
  } catch {
    // Not an escape; the error would repeat nothing, but the text it is about may be secret.
    return undefined;
  }
}

function readAddresses(hosts: string, kind: RedisTarget['kind']): readonly RedisAddress[] | undefined {
  const usualPort = kind === 'sentinel' ? SENTINEL_PORT : PORT;
  const addresses = hosts.split(',').flatMap((text) => readAddress(text, usualPort) ?? []);
  const isWhole = addresses.length === hosts.split(',').length;
  return isWhole && (kind !== 'server' || addresses.length === 1) ? addresses : undefined;
}

function readAddress(text: string, usualPort: number): RedisAddress | undefined {
  const match = ADDRESS.exec(text);
  if (match === null) return undefined;
  const port = Number(match[2] ?? usualPort);
  return port > 65_535 ? undefined : { host: match[1]!.replace(/^\[|\]$/g, ''), port };
}

function readPath(
  kind: RedisTarget['kind'],
  path: string,
): { readonly database: number; readonly master?: string } | { readonly wrong: string } {
  if (kind === 'sentinel')
    return path === ''
      ? { wrong: 'does not name the master of the Sentinels' }
      : { database: 0, master: path };
  if (!/^\d{0,5}$/.test(path)) return { wrong: 'names a database that is no number' };
  if (kind === 'cluster' && Number(path) !== 0)
    return { wrong: 'names a database, and a Cluster has only 0' };
  return { database: Number(path) };
}
