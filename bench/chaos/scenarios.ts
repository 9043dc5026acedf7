import { setTimeout as pause } from 'node:timers/promises';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Fsync, RedisProcess } from '../redis/redis-process.js';
import { failover, losingFailover } from './cluster-scenarios.js';
import { sameKey } from './same-key.js';
import type { Outcome, Scenario, Trial } from './trial.js';
import { underLoad, type World } from './under-load.js';

const PAUSE_MS = 5000;
/** What a Redis that is nearly full has left. */
const ROOM_BYTES = 200_000;
/** A command that was being written when the power went: Redis cuts it off when it starts. */
const TORN_COMMAND = '*3\r\n$4\r\nXADD\r\n$900\r\ntorn';

/** Everything that engines and their ledger have to survive, in the order in which it is tried. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'kill-node',
    sentence: 'a node is killed under load at random moments and started again',
    run: (trial) => onRedis(trial, 'everysec', (world) => repeatedly(trial, () => killNode(trial, world))),
  },
  {
    name: 'restart-redis',
    sentence: 'Redis, which writes every append to disk at once, is killed and started again',
    run: (trial) => onRedis(trial, 'always', (_, redis) => repeatedly(trial, () => restart(redis))),
  },
  {
    name: 'pause-redis',
    sentence: 'Redis stands still for five seconds',
    run: (trial) => onRedis(trial, 'everysec', (_, redis) => standStill(trial, redis)),
  },
  {
    name: 'full-redis',
    sentence: 'Redis refuses writes because it has no memory left, and gets more',
    run: (trial) => onRedis(trial, 'everysec', (_, redis) => repeatedly(trial, () => fill(trial, redis))),
  },
  {
    name: 'torn-block',
    sentence: 'Redis is killed while it writes, and its file ends in the middle of a command',
    run: (trial) => onRedis(trial, 'always', (_, redis) => repeatedly(trial, () => tear(redis))),
  },
  { name: 'same-key', sentence: 'two nodes get one key at the same moment, 1,000 times', run: sameKey },
  {
    name: 'cluster-failover',
    sentence: 'a master of a Redis Cluster is killed, and every append waits for a replica',
    run: failover,
  },
  {
    name: 'cluster-losses',
    sentence: 'the same where appends wait for the master only: what is lost is measured',
    run: losingFailover,
  },
];

async function onRedis(
  trial: Trial,
  fsync: Fsync,
  disturb: (world: World, redis: RedisProcess) => Promise<void>,
): Promise<Outcome> {
  const isForgetful = trial.canary === 'forgetful';
  const redis = await RedisProcess.start({ fsync: isForgetful ? 'none' : fsync });
  const environment = isForgetful ? { PARLEY_DURABILITY: 'async' } : {};
  try {
    return await underLoad(trial, { url: redis.url, environment }, async (world) => {
      await disturb(world, redis);
      if (trial.canary === 'amnesic') await forgetKeys(redis);
    });
  } finally {
    await redis.stop();
  }
}

/** At random moments, until the time of the trial is over. */
async function repeatedly({ seconds, random }: Trial, step: () => Promise<void>): Promise<void> {
  const deadlineMs = performance.now() + 1000 * seconds;
  do {
    await pause(random.between(200, 1500));
    await step();
  } while (performance.now() < deadlineMs);
}

async function killNode({ random }: Trial, { nodes }: World): Promise<void> {
  const node = random.pick(nodes);
  await node.kill();
  await pause(random.below(500));
  await node.start();
}

async function restart(redis: RedisProcess): Promise<void> {
  await redis.kill();
  await redis.start();
}

async function standStill({ random }: Trial, redis: RedisProcess): Promise<void> {
  await pause(random.between(500, 1500));
  redis.pause();
  await pause(PAUSE_MS);
  redis.resume();
  await pause(1000);
}

async function fill({ random }: Trial, redis: RedisProcess): Promise<void> {
  const [, used] = /used_memory:(\d+)/.exec(String(await redis.ask('INFO', 'memory')))!;
  await redis.ask('CONFIG', 'SET', 'maxmemory', String(Number(used) + ROOM_BYTES));
  await pause(random.between(300, 1500));
  await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
}

async function tear(redis: RedisProcess): Promise<void> {
  await redis.kill();
  const folder = join(redis.folder, 'appendonlydir');
  const newest = readdirSync(folder).findLast((name) => name.endsWith('.incr.aof'));
  if (newest === undefined) throw new Error('a Redis that keeps everything has a file to append to');
  appendFileSync(join(folder, newest), TORN_COMMAND);
  await redis.start();
}

/** Keys of reservations only: the trail stays whole. */
async function forgetKeys(redis: RedisProcess): Promise<void> {
  let cursor = '0';
  do {
    const page = (await redis.ask('SCAN', cursor, 'MATCH', '*{r:*', 'COUNT', '1000')) as [string, string[]];
    if (page[1].length > 0) await redis.ask('DEL', ...page[1]);
    [cursor] = page;
  } while (cursor !== '0');
}
