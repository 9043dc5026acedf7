import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../src/sim/random.js';
import { postRound } from './post-round.js';
import type { Posted, Promises } from './promises.js';

export interface CallerPlan {
  readonly callers: number;
  /** Rounds in a hundred that carry a key and are sent until they are acknowledged. */
  readonly keyedPercent: number;
  /** Keyed rounds in a hundred that are sent twice at once. */
  readonly twicePercent: number;
  /** How long a keyed round is tried. */
  readonly triesMs: number;
}

/** What callers work with. */
export interface CallerMeans {
  /** What their round ids begin with. */
  readonly name: string;
  readonly addresses: readonly string[];
  readonly random: Random;
  readonly promises: Promises;
}

const PAUSE_MS_MAX = 150;

/** Callers without pause, each with one round at a time, that behave as careful clients of several nodes do. */
export class Callers {
  readonly #means: CallerMeans;
  readonly #plan: CallerPlan;
  readonly #running: Promise<unknown>;
  #next = 0;
  #isStopped = false;

  constructor(means: CallerMeans, plan: CallerPlan) {
    this.#means = means;
    this.#plan = plan;
    this.#running = Promise.all(Array.from({ length: plan.callers }, () => this.#call()));
  }

  /** Resolves when no request is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #call(): Promise<void> {
    const { name, random, promises } = this.#means;
    while (!this.#isStopped) {
      const roundId = `${name}-${this.#next++}`;
      const key = random.chance(this.#plan.keyedPercent) ? keyOf(roundId) : undefined;
      const posted = promises.post(roundId, bodyOf(roundId, random), key);
      if (key === undefined) await this.#send(posted);
      else await this.#sendUntilTold(posted);
    }
  }

  async #sendUntilTold(posted: Posted): Promise<void> {
    const { random } = this.#means;
    const deadlineMs = performance.now() + this.#plan.triesMs;
    for (let isTold = false; !isTold && performance.now() < deadlineMs;) {
      const isTwice = random.chance(this.#plan.twicePercent);
      const sent = isTwice ? [this.#send(posted), this.#send(posted)] : [this.#send(posted)];
      isTold = (await Promise.all(sent)).includes(true);
    }
  }

  /** Whether the round was acknowledged. Whoever is refused asks again after a moment. */
  async #send(posted: Posted): Promise<boolean> {
    const { addresses, random, promises } = this.#means;
    const address = random.pick(addresses);
    const told = await postRound(address, posted.body, posted.key);
    if (typeof told === 'string') {
      promises.refused(told);
      await pause(random.below(PAUSE_MS_MAX));
      return false;
    }
    posted.told.push(told);
    return true;
  }
}

/** A key has at least 16 characters. */
export function keyOf(roundId: string): string {
  return `key-of-${roundId}`.padEnd(16, '.');
}

export function bodyOf(id: string, random: Random): string {
  const bids = Array.from({ length: 5 }, (_, index) => ({
    id: `b${index}`,
    seat: `seat-${index}`,
    lot: 'lot',
    price: random.between(100, 1100) / 100,
  }));
  return JSON.stringify({
    id,
    format: 'second-price',
    currency: 'USD',
    lots: [{ id: 'lot', floor: 1 }],
    bids,
  });
}
