import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../generate-rounds.js';
import { postRound } from './post-round.js';
import type { Posted, Promises } from './promises.js';

export interface CallerPlan {
  readonly callers: number;
  /** The share of rounds that carry a key and are sent until they are acknowledged. */
  readonly keyedShare: number;
  /** The share of keyed rounds that are sent to two nodes at once. */
  readonly twiceShare: number;
  /** How long a keyed round is tried. */
  readonly triesMs: number;
}

const PAUSE_MS_MAX = 150;

/** Callers without pause, each with one round at a time, that behave as careful clients of several nodes do. */
export class Callers {
  readonly #addresses: readonly string[];
  readonly #plan: CallerPlan;
  readonly #random: Random;
  readonly #promises: Promises;
  readonly #name: string;
  #next = 0;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(
    name: string,
    addresses: readonly string[],
    plan: CallerPlan,
    random: Random,
    promises: Promises,
  ) {
    this.#name = name;
    this.#addresses = addresses;
    this.#plan = plan;
    this.#random = random;
    this.#promises = promises;
    const loops = Array.from({ length: plan.callers }, () => this.#call());
    this.#running = Promise.all(loops).then(() => undefined);
  }

  /** Resolves when no request is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #call(): Promise<void> {
    while (!this.#isStopped) {
      const roundId = `${this.#name}-${this.#next++}`;
      const key = this.#random() < this.#plan.keyedShare ? `key-of-${roundId}`.padEnd(16, '.') : undefined;
      const posted = this.#promises.post(roundId, bodyOf(roundId, this.#random), key);
      if (key === undefined) await this.#send(posted);
      else await this.#sendUntilTold(posted);
    }
  }

  async #sendUntilTold(posted: Posted): Promise<void> {
    const deadlineMs = performance.now() + this.#plan.triesMs;
    while (posted.told.length === 0 && performance.now() < deadlineMs) {
      const twice = this.#random() < this.#plan.twiceShare;
      await Promise.all(twice ? [this.#send(posted), this.#send(posted)] : [this.#send(posted)]);
      if (posted.told.length === 0) await pause(PAUSE_MS_MAX * this.#random());
    }
  }

  async #send(posted: Posted): Promise<void> {
    const address = this.#addresses[Math.floor(this.#random() * this.#addresses.length)]!;
    const told = await postRound(address, posted.body, posted.key);
    if (typeof told !== 'string') posted.told.push(told);
    else {
      this.#promises.refused(told);
      // Whoever is refused at once and asks again at once would measure nothing but refusals.
      await pause(PAUSE_MS_MAX * this.#random());
    }
  }
}

function bodyOf(id: string, random: Random): string {
  const bids = Array.from({ length: 5 }, (_, index) => ({
    id: `b${index}`,
    seat: `seat-${index}`,
    lot: 'lot',
    price: 1 + Math.floor(random() * 1000) / 100,
  }));
  return JSON.stringify({
    id,
    format: 'second-price',
    currency: 'USD',
    lots: [{ id: 'lot', floor: 1 }],
    bids,
  });
}
