import { TIE_KEY_HEX } from '../clearing.js';
import { generateRounds } from '../generate-rounds.js';
import { launchServer, type RunningServer } from '../launch-server.js';
import { alternate, type Pairs } from '../pairs.js';
import { type Fsync, RedisProcess } from '../redis/redis-process.js';
import type { Conditions } from '../run-group.js';
import { takeTurn, warm } from '../take-turn.js';

export const BIDS = 20;
export const FSYNC: Fsync = 'everysec';

/** Full retention on the embedded ledger, and on a Redis of its own on the same machine. */
export async function measureLedger(
  turns: number,
  conditions: Conditions,
  signal: AbortSignal,
): Promise<Pairs> {
  const redis = await RedisProcess.start({ fsync: FSYNC });
  const servers: RunningServer[] = [];
  try {
    servers.push(await launchEngine('embedded', {}));
    servers.push(await launchEngine('redis', { REDIS_URL: redis.url, PARLEY_DURABILITY: 'ack' }));
    return await takeTurns(servers as [RunningServer, RunningServer], turns, conditions, signal);
  } finally {
    for (const server of servers) await server.stop();
    await redis.stop();
  }
}

async function takeTurns(
  servers: readonly [RunningServer, RunningServer],
  turns: number,
  { connections, bodies: count, seed, seconds, warmSeconds }: Conditions,
  signal: AbortSignal,
): Promise<Pairs> {
  const load = { connections, bodies: generateRounds(BIDS, count, seed).bodies, signal };
  for (const server of servers) await warm(server, warmSeconds, load);
  const [embedded, redis] = servers;
  return alternate(turns, [() => takeTurn(embedded, seconds, load), () => takeTurn(redis, seconds, load)]);
}

function launchEngine(name: string, options: Readonly<Record<string, string>>): Promise<RunningServer> {
  const common = {
    PARLEY_PORT: '0',
    PARLEY_THREADS: '1',
    PARLEY_RETENTION: 'full',
    PARLEY_TIE_KEY: TIE_KEY_HEX,
  };
  return launchServer({
    name,
    script: 'src/cli/main.js',
    args: ['serve'],
    options: { ...common, ...options },
  });
}
