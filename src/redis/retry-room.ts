import type { Clock } from '../base/clock.js';
import { LedgerUnavailable } from '../engine/ledger-port.js';

/** How old the count of all nodes may be when a key is taken. */
const FRESH_MS = 500;
/** Bytes are counted up to an instant that is later than their end by no more than this part of their time. */
const INSTANTS_PER_TIME = 8;

/** Adds bytes to what is counted up to some instants, and answers what all nodes keep. */
export type CountBytes = (nowMs: number, changes: ReadonlyMap<number, number>) => Promise<number>;

/**
 * How many bytes all nodes keep for retries, as far as this node knows. The count is asked for when a key is taken and
 * the last answer is older than FRESH_MS; what this node takes in between, it adds itself. So the bound can be passed by
 * what the other nodes take within that time, and by the answers of the keys that were taken already.
 */
export class RetryRoom {
  readonly #bytesMax: number;
  readonly #clock: Clock;
  readonly #count: CountBytes;
  /** Bytes by the instant up to which they are counted, not told the ledger yet. */
  #untold = new Map<number, number>();
  #bytes = 0;
  #countedAtMs = -Infinity;
  #counting: Promise<void> | undefined;

  constructor(bytesMax: number, clock: Clock, count: CountBytes) {
    this.#bytesMax = bytesMax;
    this.#clock = clock;
    this.#count = count;
  }

  /** The instant up to which bytes are counted that are kept so long from now on. There are few such instants. */
  endOf(keptMs: number): number {
    const step = 2 ** Math.max(0, Math.floor(Math.log2(keptMs / INSTANTS_PER_TIME)));
    return Math.ceil((this.#clock.nowMs() + keptMs) / step) * step;
  }

  hasRoomFor(bytes: number): boolean {
    return this.#bytes + bytes <= this.#bytesMax;
  }

  /** Counts bytes, or fewer where they are negative. */
  add(endAtMs: number, bytes: number): void {
    this.#bytes += bytes;
    this.#tell(endAtMs, bytes);
  }

  /**
   * Learns what the other nodes keep, unless that is known.
   * @throws LedgerUnavailable whatever went wrong: who asks has taken nothing yet.
   */
  async refresh(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#countedAtMs < FRESH_MS) return;
    this.#counting ??= this.#recount().finally(() => {
      this.#counting = undefined;
    });
    await this.#counting;
  }

  async #recount(): Promise<void> {
    const told = this.#untold;
    this.#untold = new Map();
    try {
      const counted = await this.#count(this.#clock.nowMs(), told);
      this.#bytes = counted + sum(this.#untold);
      this.#countedAtMs = this.#clock.monotonicMs();
    } catch (cause) {
      // Perhaps they were counted: then twice, and up to their end. The bound errs on the side of less.
      for (const [endAtMs, bytes] of told) this.#tell(endAtMs, bytes);
      throw new LedgerUnavailable('it is not known how many bytes are kept for retries', { cause });
    }
  }

  #tell(endAtMs: number, bytes: number): void {
    this.#untold.set(endAtMs, (this.#untold.get(endAtMs) ?? 0) + bytes);
  }
}

function sum(changes: ReadonlyMap<number, number>): number {
  return [...changes.values()].reduce((total, bytes) => total + bytes, 0);
}
