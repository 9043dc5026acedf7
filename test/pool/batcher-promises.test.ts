import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatcherLimits } from '../../src/pool/batcher.js';
import { controlledBatcher, EXPIRED, job, numbersOf, turn } from './controlled-batcher.js';

const LIMITS = fc.record({
  batchesMax: fc.integer({ min: 1, max: 3 }),
  roundsPerBatchMax: fc.integer({ min: 1, max: 5 }),
  bytesPerBatchMax: fc.integer({ min: 1, max: 200 }),
  queueMax: fc.integer({ min: 1, max: 12 }),
});

const SUBMIT = fc.record({ does: fc.constant('submit' as const), size: fc.nat({ max: 120 }) });
const TURN = fc.constant({ does: 'turn' as const });
const END = fc.record({ does: fc.constantFrom('succeed' as const, 'fail' as const), which: fc.nat() });
const PASS = fc.record({ does: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40 }) });
const WAIT_MS_MAX = 50;
const STEPS = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: SUBMIT },
    { weight: 2, arbitrary: TURN },
    { weight: 2, arbitrary: END },
    { weight: 1, arbitrary: PASS },
  ),
  { maxLength: 60 },
);

type Step = typeof STEPS extends fc.Arbitrary<(infer One)[]> ? One : never;

test('whatever arrives and however batches end: bounds hold, order holds, every job is answered once', async () => {
  await fc.assert(
    fc.asyncProperty(LIMITS, STEPS, async (limits, steps) => {
      const trial = new Trial(limits);
      for (const step of steps) await trial.take(step);
      await trial.finish();
      trial.expectKeptPromises();
    }),
    { numRuns: 200 },
  );
});

class Trial {
  readonly #limits: BatcherLimits;
  readonly #control: ReturnType<typeof controlledBatcher>;
  /** What each job was told, and when it came, in the order of their numbers. */
  readonly #told: string[][] = [];
  readonly #cameAtMs: number[] = [];
  /** The jobs that left in time, in the order in which they left. */
  readonly #left: number[] = [];

  constructor(limits: BatcherLimits) {
    this.#limits = limits;
    this.#control = controlledBatcher(limits, WAIT_MS_MAX);
  }

  async take(step: Step): Promise<void> {
    const { batcher, underWay } = this.#control;
    if (step.does === 'pass') await this.#pass(step.ms);
    else if (step.does === 'turn') await turn();
    else if (step.does === 'submit') this.#submit(step.size);
    else underWay()[step.which % underWay().length]?.[step.does]();
    this.#expectDeparturesInTime();
    expect(underWay().length).toBeLessThanOrEqual(this.#limits.batchesMax);
    expect(batcher.queued).toBeLessThanOrEqual(this.#limits.queueMax);
    if (step.does === 'turn' && batcher.queued > 0) expect(underWay()).toHaveLength(this.#limits.batchesMax);
  }

  async finish(): Promise<void> {
    const { underWay } = this.#control;
    do {
      underWay()[0]?.succeed();
      await turn();
      this.#expectDeparturesInTime();
    } while (underWay().length > 0);
  }

  expectKeptPromises(): void {
    const { sent } = this.#control;
    const expired = this.#told.flatMap(([told], number) => (told === 'expired' ? [number] : []));
    expect(this.#left.toSorted((a, b) => a - b)).toEqual(this.#left);
    expect([...this.#left, ...expired].toSorted((a, b) => a - b)).toEqual([...this.#told.keys()]);
    for (const number of expired) expect(this.#told[number]).toHaveLength(1);
    for (const { jobs, fate } of sent) {
      const bytes = jobs.reduce((total, one) => total + one.bytes.length, 0);
      expect(jobs.length).toBeGreaterThan(0);
      expect(jobs.length).toBeLessThanOrEqual(this.#limits.roundsPerBatchMax);
      if (jobs.length > 1) expect(bytes).toBeLessThanOrEqual(this.#limits.bytesPerBatchMax);
      for (const number of numbersOf(jobs)) {
        expect(this.#told[number]).toEqual([fate === 'failed' ? 'the batch failed' : `answer ${number}`]);
      }
    }
  }

  /** Time passes between turns and not within one: what came to an idle batcher leaves in the turn it came in. */
  async #pass(ms: number): Promise<void> {
    await turn();
    this.#expectDeparturesInTime();
    this.#control.clock.nowMs += ms;
  }

  /** Batches leave at the instant at which they are first seen here, because time passes only in steps. */
  #expectDeparturesInTime(): void {
    const { sent, clock } = this.#control;
    const departed = sent.flatMap(({ jobs }) => numbersOf(jobs)).slice(this.#left.length);
    for (const number of departed) {
      expect(clock.nowMs - this.#cameAtMs[number]!).toBeLessThanOrEqual(WAIT_MS_MAX);
    }
    this.#left.push(...departed);
  }

  #lateness(number: number): string {
    const waitedMs = this.#control.clock.nowMs - this.#cameAtMs[number]!;
    return waitedMs > WAIT_MS_MAX ? 'expired' : `expired after ${waitedMs} ms`;
  }

  #submit(size: number): void {
    const { batcher } = this.#control;
    if (batcher.isFull) return;
    const told: string[] = [];
    const number = this.#told.push(told) - 1;
    this.#cameAtMs.push(this.#control.clock.nowMs);
    batcher.submit(job(number, size)).then(
      (answer) => told.push(answer === EXPIRED ? this.#lateness(number) : `answer ${answer}`),
      (error: unknown) => told.push((error as Error).message),
    );
  }
}
