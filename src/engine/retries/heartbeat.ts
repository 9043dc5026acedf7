import type { Retries } from '../ledger-port.js';
import type { KeyHolder } from './claim.js';

const BEAT_MS = 1000;
/** Several beats: one that is late must not cost a log. It is also how long the keys of a node that died stay in flight. */
const ALIVE_MS = 5000;

/**
 * Says every second that this node is alive, under the name it has, and does what waits for the ledger to answer. A
 * beat that fails is not told: the next one comes, and whoever takes this node for dead fences its log first.
 */
export class Heartbeat {
  readonly #retries: Retries;
  readonly #holder: KeyHolder;
  readonly #chores: () => Promise<unknown>;
  /** The name that was last said to be alive. */
  #beaten: string | undefined;
  #isAtWork = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(retries: Retries, holder: KeyHolder, chores: () => Promise<unknown>) {
    this.#retries = retries;
    this.#holder = holder;
    this.#chores = chores;
  }

  start(): void {
    this.#timer = setInterval(() => {
      void this.beat();
    }, BEAT_MS).unref();
    void this.beat();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Resolves when the present name was said to be alive at least once: no key may be taken before. @throws */
  async begun(): Promise<void> {
    if (this.#beaten !== this.#holder.node) await this.#sayAlive();
  }

  async beat(): Promise<void> {
    await this.#sayAlive().catch(() => undefined);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    await this.#chores().catch(() => undefined);
    this.#isAtWork = false;
  }

  async #sayAlive(): Promise<void> {
    const { node } = this.#holder;
    await this.#retries.beat(node, ALIVE_MS);
    this.#beaten = node;
  }
}
