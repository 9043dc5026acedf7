import { setTimeout as pause } from 'node:timers/promises';
import { RedisClusterProcesses } from '../redis/redis-cluster-processes.js';
import type { Outcome, Trial } from './trial.js';
import { underLoad } from './under-load.js';

/** Appends wait for a replica, so nothing that was acknowledged may be missing. */
export function failover(trial: Trial): Promise<Outcome> {
  return withoutMaster(trial, 'replicated');
}

/** Appends wait for the master only: a failover may lose the last of them, which is told and no fault. */
export async function losingFailover(trial: Trial): Promise<Outcome> {
  const { faults, told } = await withoutMaster(trial, 'ack');
  const lost =
    faults.length === 0 ? 'nothing was lost this time' : `lost, and no fault: ${faults.join('; ')}`;
  return { faults: [], told: `${told}; ${lost}` };
}

async function withoutMaster(trial: Trial, durability: string): Promise<Outcome> {
  const cluster = await RedisClusterProcesses.start('everysec');
  try {
    const setting = { url: cluster.url, environment: { PARLEY_DURABILITY: durability } };
    return await underLoad(trial, setting, async () => {
      await pause(trial.random.between(1000, 2500));
      const master = trial.random.pick(cluster.masters);
      await master.kill();
      await pause(1000 * trial.seconds);
      await cluster.well();
      await master.start();
      await cluster.well();
    });
  } finally {
    await cluster.stop();
  }
}
