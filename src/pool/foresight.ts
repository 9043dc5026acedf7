/** The clearing of a round costs about as much as this many bytes more of it; a batch, as this many in all. */
const ROUND_BYTES = 1024;
const BATCH_BYTES = 8192;

/** How much of a batch still counts one batch later: the last ten make two thirds of the estimate. */
const FADING = 0.9;
/** Before a worker is warm its speed says little. */
const BATCHES_MIN = 16;
/** A batch that was held up, by the machine or by a worker that had to be replaced, counts as at most so much slower. */
const SURPRISE_MAX = 4;

/** Work counted in the bytes of rounds, because reading and clearing a round grow with them. */
export function workOf(roundBytes: number): number {
  return roundBytes + ROUND_BYTES;
}

interface Departed {
  readonly work: number;
  readonly atMs: number;
}

/**
 * Foresees how long work would wait for a worker, from the time that the last batches took. Instants are given, none
 * is read.
 */
export class Foresight {
  readonly #workers: number;
  readonly #underWay = new Set<Departed>();
  #batches = 0;
  /** Fading sums: their quotient is the time that a unit of work takes a worker. */
  #spentMs = 0;
  #done = 0;

  constructor(workers: number) {
    this.#workers = workers;
  }

  /** Notes that a batch leaves for a worker; what it answers has to be called when that worker is free again. */
  depart(roundsWork: number, atMs: number): (freeAtMs: number) => void {
    const departed = { work: roundsWork + BATCH_BYTES, atMs };
    this.#underWay.add(departed);
    return (freeAtMs) => {
      this.#underWay.delete(departed);
      this.#learn(departed.work, freeAtMs - atMs);
    };
  }

  /**
   * Whether work that comes now, behind so much other work, is going to wait longer than this: the workers cannot do
   * within that time what waits already. Idle workers can, whatever is expected of them.
   */
  isLongerThan(waitMs: number, waitingWork: number, nowMs: number): boolean {
    if (this.#batches < BATCHES_MIN) return false;
    let roomMs = (this.#workers - this.#underWay.size) * waitMs;
    for (const { work, atMs } of this.#underWay) {
      const leftMs = Math.max(0, this.#msFor(work) - (nowMs - atMs));
      roomMs += Math.max(0, waitMs - leftMs);
    }
    return this.#msFor(waitingWork) >= roomMs;
  }

  #msFor(work: number): number {
    return (work * this.#spentMs) / this.#done;
  }

  #learn(work: number, tookMs: number): void {
    const ms = this.#batches < BATCHES_MIN ? tookMs : Math.min(tookMs, SURPRISE_MAX * this.#msFor(work));
    this.#spentMs = FADING * this.#spentMs + ms;
    this.#done = FADING * this.#done + work;
    this.#batches++;
  }
}
