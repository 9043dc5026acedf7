import { RedisProcess } from '../redis/redis-process.js';
import { bodyOf, keyOf } from './callers.js';
import type { EngineNode } from './nodes.js';
import { postRound } from './post-round.js';
import type { Posted } from './promises.js';
import type { Outcome, Trial } from './trial.js';
import { underLoad } from './under-load.js';

const TIMES = 1000;
const IDLE = { callers: 0, keyedPercent: 0, twicePercent: 0, triesMs: 0 };

/** Each round goes to both nodes at once, with the same key. */
export async function sameKey(trial: Trial): Promise<Outcome> {
  const redis = await RedisProcess.start({ fsync: 'everysec' });
  try {
    return await underLoad(trial, { url: redis.url, plan: IDLE }, async ({ nodes, promises }) => {
      for (let time = 0; time < TIMES; time++) {
        const roundId = `same-${time}`;
        const posted = promises.post(roundId, bodyOf(roundId, trial.random), keyOf(roundId));
        const refusals = await Promise.all(nodes.map((node) => send(node, posted)));
        for (const code of refusals) if (code !== undefined) promises.refused(code);
      }
    });
  } finally {
    await redis.stop();
  }
}

/** The code of a refusal; undefined when the round was acknowledged. */
async function send({ address }: EngineNode, posted: Posted): Promise<string | undefined> {
  const told = await postRound(address, posted.body, posted.key);
  if (typeof told === 'string') return told;
  posted.told.push(told);
  return undefined;
}
