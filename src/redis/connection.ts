import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from '../base/redis-target.js';

export type Connection = Redis | Cluster;

const RETRY_MS = 50;
const RETRY_MS_MAX = 1000;

/**
 * Opens no connection yet. Nothing is queued while there is none, and nothing is sent again by itself: a command that is
 * lost may have been carried out, and only whoever sent it knows what that means.
 */
export function connectionTo(target: RedisTarget, commandMsMax: number): Connection {
  const options = optionsFor(target, commandMsMax);
  const [first] = target.addresses;
  switch (target.kind) {
    case 'cluster':
      return new Cluster([...target.addresses], {
        redisOptions: options,
        lazyConnect: true,
        enableOfflineQueue: false,
        clusterRetryStrategy: retryMs,
        retryDelayOnFailover: 0,
        retryDelayOnClusterDown: 0,
        slotsRefreshTimeout: commandMsMax,
        slotsRefreshInterval: RETRY_MS_MAX,
      });
    case 'sentinel': {
      const sentinel = { sentinels: [...target.addresses], name: target.master!, db: target.database };
      const how = { ...sentinelOptionsFor(target), sentinelCommandTimeout: commandMsMax };
      return new Redis({
        ...options,
        ...sentinel,
        ...how,
        enableOfflineQueue: false,
        retryStrategy: retryMs,
      });
    }
    case 'server': {
      const { host, port } = first!;
      const place = { host, port, db: target.database };
      return new Redis({ ...options, ...place, enableOfflineQueue: false, retryStrategy: retryMs });
    }
  }
}

/** Resolves when commands can be sent, to every node of a Cluster: what is sent to one that still connects fails at once. */
export async function connected(connection: Connection): Promise<void> {
  await connection.connect();
  if (!(connection instanceof Cluster)) return;
  const waiting = connection.nodes('all').filter(({ status }) => status === 'wait');
  // A replica that is away now may be there when it is needed.
  await Promise.allSettled(waiting.map((node) => node.connect()));
}

function optionsFor({ username, password, isEncrypted }: RedisTarget, commandMsMax: number) {
  return {
    lazyConnect: true,
    connectTimeout: commandMsMax,
    commandTimeout: commandMsMax,
    // A machine that vanished closes no connection: without this, it would be asked for a quarter of an hour.
    socketTimeout: commandMsMax,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isEncrypted ? { tls: {} } : {}),
  } satisfies RedisOptions;
}

/** TLS has to be asked for twice: to the Sentinels, and to the master that they name. */
function sentinelOptionsFor({ password, isEncrypted }: RedisTarget) {
  return {
    sentinelRetryStrategy: retryMs,
    // A Sentinel without a password takes any.
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(isEncrypted ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
  } satisfies RedisOptions;
}

function retryMs(times: number): number {
  return Math.min(times * RETRY_MS, RETRY_MS_MAX);
}
