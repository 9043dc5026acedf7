import { Foresight, workOf } from './foresight.js';
import { Tolerance } from './tolerance.js';

/** A piece of work that waits for others to share its journey. */
export interface Batchable {
  readonly bytes: Uint8Array;
  /** It waits as long as it takes: somebody else bounds how much of its kind waits. */
  readonly isPatient?: boolean;
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

/** How long work may wait for a worker, and what is answered to work that waited longer. */
export interface Patience<Job, Result> {
  readonly waitMsMax: number;
  readonly monotonicMs: () => number;
  readonly expire: (job: Job) => Result;
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
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects work into batches. An idle engine sends at once: what arrived in this turn of the event loop travels
 * together and nothing waits for a timer. When every worker is busy, work gathers, and the worker that comes free
 * takes the next batch. What waited too long by then is told so, and travels no further.
 */
export class Batcher<Job extends Batchable, Result> {
  readonly #limits: BatcherLimits;
  readonly #run: RunBatch<Job, Result>;
  readonly #patience: Patience<Job, Result>;
  readonly #foresight: Foresight;
  readonly #tolerance: Tolerance;
  #waiting: Waiting<Job, Result>[] = [];
  #waitingWork = 0;
  /** Batches on a worker. */
  #underWay = 0;
  /** Batches on a worker or on their way to an answer. */
  #unanswered = 0;
  #flushPlanned = false;
  #onIdle: (() => void)[] = [];

  constructor(limits: BatcherLimits, run: RunBatch<Job, Result>, patience: Patience<Job, Result>) {
    this.#limits = limits;
    this.#run = run;
    this.#patience = patience;
    this.#foresight = new Foresight(limits.batchesMax);
    this.#tolerance = new Tolerance(patience.waitMsMax);
  }

  get queued(): number {
    return this.#waiting.length;
  }

  /** Whether work that comes now is to be refused: too much waits already, or it would wait too long. */
  get isFull(): boolean {
    return this.#waiting.length >= this.#limits.queueMax || this.#isSlow;
  }

  /** The caller asks isFull first; work past the limit is refused at the door, not here. */
  submit(job: Job): Promise<Result> {
    const sinceMs = this.#patience.monotonicMs();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, sinceMs, resolve, reject });
      this.#waitingWork += workOf(job.bytes.length);
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

  /** The oldest tells what no estimate knows: that a worker hangs, or that the ledger holds everything up. */
  get #isSlow(): boolean {
    const { waitMsMax, monotonicMs } = this.#patience;
    const nowMs = monotonicMs();
    const oldest = this.#waiting[0];
    if (oldest !== undefined && nowMs - oldest.sinceMs > waitMsMax) return true;
    return this.#tolerance.isExceeded(nowMs, (waitMs) =>
      this.#foresight.isLongerThan(waitMs, this.#waitingWork, nowMs),
    );
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
      const batch = this.#take(this.#batchLength());
      this.#underWay++;
      this.#unanswered++;
      void this.#send(batch);
    }
  }

  /** Removes the oldest from the queue. */
  #take(count: number): readonly Waiting<Job, Result>[] {
    const taken = this.#waiting.splice(0, count);
    this.#waitingWork -= totalWork(taken);
    return taken;
  }

  /** Those who wait stand in the order of their arrival: whoever waited too long stands in front. */
  #expire(): void {
    const { waitMsMax, monotonicMs, expire } = this.#patience;
    const arrivedBeforeMs = monotonicMs() - waitMsMax;
    const firstInTime = this.#waiting.findIndex(({ sinceMs }) => sinceMs >= arrivedBeforeMs);
    if (firstInTime === 0) return;
    const late = this.#take(firstInTime === -1 ? this.#waiting.length : firstInTime);
    const patient = late.filter(({ job }) => job.isPatient === true);
    this.#waiting.unshift(...patient);
    this.#waitingWork += totalWork(patient);
    for (const { job, resolve } of late) if (job.isPatient !== true) resolve(expire(job));
  }

  get #mayDepart(): boolean {
    const { batchesMax } = this.#limits;
    return this.#underWay < batchesMax && this.#unanswered < batchesMax * UNANSWERED_PER_WORKER_MAX;
  }

  async #send(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    const workerIsFree = this.#onceWorkerIsFree(totalWork(batch));
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
  #onceWorkerIsFree(work: number): () => void {
    const { monotonicMs } = this.#patience;
    const arrive = this.#foresight.depart(work, monotonicMs());
    let isFree = false;
    return () => {
      if (isFree) return;
      isFree = true;
      this.#underWay--;
      arrive(monotonicMs());
      this.#takeNext();
    };
  }

  #answered(workerIsFree: () => void): void {
    this.#unanswered--;
    workerIsFree();
    this.#takeNext();
    if (this.#isIdle) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #takeNext(): void {
    this.#expire();
    this.#flush();
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

function totalWork(jobs: readonly { readonly job: Batchable }[]): number {
  return jobs.reduce((work, { job }) => work + workOf(job.bytes.length), 0);
}
