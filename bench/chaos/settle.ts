import type { EngineNode } from './nodes.js';
import { postRound } from './post-round.js';
import type { Posted, Promises } from './promises.js';
import { setTimeout as pause } from 'node:timers/promises';

const SETTLE_MS_MAX = 30_000;
const PAUSE_MS = 200;
const AT_ONCE = 16;

/**
 * Sends every round with a key once more, until it is answered: afterwards nothing may be pending. Answers what stayed
 * pending. Whether the answer is the one that was given before, the check of the promises tells.
 */
export async function settle(promises: Promises, nodes: readonly EngineNode[]): Promise<readonly string[]> {
  const left = [...promises.keyed];
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let posted = left.pop(); posted !== undefined; posted = left.pop()) {
      const last = await settleOne(posted, nodes[left.length % nodes.length]!);
      if (last !== undefined) faults.push(`${posted.roundId} stays pending: ${last}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
}

/** Undefined when it is settled, else the last refusal. */
async function settleOne(posted: Posted, node: EngineNode): Promise<string | undefined> {
  const deadlineMs = performance.now() + SETTLE_MS_MAX;
  for (;;) {
    const told = await postRound(node.address, posted.body, posted.key);
    if (typeof told !== 'string') {
      posted.told.push(told);
      return undefined;
    }
    if (performance.now() > deadlineMs) return told;
    await pause(PAUSE_MS);
  }
}
