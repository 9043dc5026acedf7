import type { Clock } from '../../base/clock.js';
import type { Ledger } from '../ledger-port.js';
import type { Journal } from '../ports.js';
import type { AnswerKeeper } from './answer-keeper.js';
import { Heartbeat } from './heartbeat.js';
import { UnderWay } from './under-way.js';

/** What it takes to decide a request once. */
export interface RetryPorts extends RetrySettings {
  readonly heartbeat: Heartbeat;
  readonly underWay: UnderWay;
}

export interface RetrySettings {
  readonly ledger: Pick<Ledger, 'retries' | 'fence'>;
  readonly holder: AnswerKeeper;
  readonly clock: Clock;
  readonly journal: Journal;
}

/** The heart does not beat yet. */
export function retryPorts(settings: RetrySettings): RetryPorts {
  const { ledger, holder } = settings;
  const underWay = new UnderWay(settings.clock);
  const heartbeat = new Heartbeat(ledger.retries, holder, async () => {
    // Whoever asks another node for the key of a block in doubt waits for this one to settle it.
    await holder.settle();
    await giveBackOwed(settings, underWay);
  });
  return { ...settings, underWay, heartbeat };
}

/**
 * Gives back the keys that could not be given back, or of which nobody knows whether this node took them. One that
 * this node holds from before, with a block in doubt, may be among them, so each is looked up first. @throws
 */
function giveBackOwed({ ledger, holder }: RetrySettings, underWay: UnderWay): Promise<void> {
  return underWay.giveBackOwed(async ({ key, node }) => {
    if (!(await holder.settle())) throw new Error('a block is in doubt');
    const answer = await ledger.retries.readAnswer(node, key);
    if (answer === undefined) await ledger.retries.release(key, node);
  });
}
