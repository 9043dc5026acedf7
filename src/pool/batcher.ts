/** A piece of work that waits for others to share its journey. */
export interface Batchable {
  readonly bytes: Uint8Array;
}

export interface BatcherLimits {
  /** Batches under way at once: one for each worker. */
  readonly batchesMax: number;
  readonly roundsPerBatchMax: number;
  /** A batch takes no further round once it holds this much; a larger single round still travels, alone. */
  readonly bytesPerBatchMax: number;
  /** Rounds that may wait for a worker. */
  readonly queueMax: number;
}

/** Runs a batch; `workerIsFree` may be called before the results are there, and the next batch leaves. */
export type RunBatch<Job, Result> = (
  jobs: readonly Job[],
  workerIsFree: () => void,
) => Promise<readonly Result[]>;

/** Batches that are decided and not yet answered, for each worker: a slow ledger holds back no more than these. */
const UNANSWERED_PER_WORKER_MAX = 8;

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects work into batches. An idle engine sends at once: what arrived in this turn of the event loop travels
 * together and nothing waits for a timer. When every worker is busy, work gathers, and the worker that comes free
 * takes the next batch.
 */
export class Batcher<Job extends Batchable, Result> {
  readonly #limits: BatcherLimits;
  readonly #run: RunBatch<Job, Result>;
  #waiting: Waiting<Job, Result>[] = [];
  /** Batches on a worker. */
  #underWay = 0;
  /** Batches on a worker or on their way to an answer. */
  #unanswered = 0;
  #flushPlanned = false;
  #onIdle: (() => void)[] = [];

  constructor(limits: BatcherLimits, run: RunBatch<Job, Result>) {
    this.#limits = limits;
    this.#run = run;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#limits.queueMax;
  }

  /** The caller asks isFull first; work past the limit is refused at the door, not here. */
  submit(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#planFlush();
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
    });
  }

  get #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#unanswered === 0;
  }

  #planFlush(): void {
    if (this.#flushPlanned || !this.#mayDepart) return;
    this.#flushPlanned = true;
    setImmediate(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#mayDepart) {
      const batch = this.#waiting.splice(0, this.#batchLength());
      this.#underWay++;
      this.#unanswered++;
      void this.#send(batch);
    }
  }

  get #mayDepart(): boolean {
    const { batchesMax } = this.#limits;
    return this.#underWay < batchesMax && this.#unanswered < batchesMax * UNANSWERED_PER_WORKER_MAX;
  }

  async #send(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    const workerIsFree = this.#onceWorkerIsFree();
    try {
      const jobs = batch.map(({ job }) => job);
      const results = await this.#run(jobs, workerIsFree);
      this.#answered(workerIsFree);
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
    } catch (error) {
      this.#answered(workerIsFree);
      for (const { reject } of batch) reject(error);
    }
  }

  /** The worker gets its next batch before the answers of this one are written out. */
  #onceWorkerIsFree(): () => void {
    let isFree = false;
    return () => {
      if (isFree) return;
      isFree = true;
      this.#underWay--;
      this.#flush();
    };
  }

  #answered(workerIsFree: () => void): void {
    this.#unanswered--;
    workerIsFree();
    this.#flush();
    if (this.#isIdle) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #batchLength(): number {
    const { roundsPerBatchMax, bytesPerBatchMax } = this.#limits;
    let bytes = 0;
    for (const [index, { job }] of this.#waiting.entries()) {
      bytes += job.bytes.length;
      if (index === roundsPerBatchMax || (index > 0 && bytes > bytesPerBatchMax)) return index;
    }
    return this.#waiting.length;
  }
}
