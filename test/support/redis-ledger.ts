import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/memory/system-clock.js';
import { type RedisBounds, RedisLedger } from '../../src/redis/ledger.js';
import { readRedisUrl } from '../../src/base/redis-target.js';
import { namespaced } from './redis.js';

const ROOM = 1e9;
const WIDE: RedisBounds = {
  trailBytesMax: ROOM,
  logsMax: ROOM,
  catalogueBytesMax: ROOM,
  retryBytesMax: ROOM,
  eventsPerSessionMax: ROOM,
  deadlinesMax: ROOM,
  replicatedMsMax: undefined,
  commandMsMax: 5000,
};

/** An empty ledger on this Redis that keeps all of a test, but for what the test bounds. */
export function emptyRedisLedger(url: string, bounds: Partial<RedisBounds> = {}): Promise<RedisLedger> {
  return redisLedger(namespaced(url), bounds);
}

export async function redisLedger(url: string, bounds: Partial<RedisBounds> = {}): Promise<RedisLedger> {
  const reading = readRedisUrl(url);
  if ('wrong' in reading) throw new Error(`the URL ${reading.wrong}`);
  const ledger = await RedisLedger.open(reading.value, { ...WIDE, ...bounds }, systemClock);
  onTestFinished(() => ledger.close());
  return ledger;
}
