import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatcherLimits } from '../../src/pool/batcher.js';
import { controlledBatcher, job, numbersOf, turn } from './controlled-batcher.js';

const LIMITS = fc.record({
  batchesMax: fc.integer({ min: 1, max: 3 }),
  roundsPerBatchMax: fc.integer({ min: 1, max: 5 }),
  bytesPerBatchMax: fc.integer({ min: 1, max: 200 }),
  queueMax: fc.integer({ min: 1, max: 12 }),
});

const SUBMIT = fc.record({ does: fc.constant('submit' as const), size: fc.nat({ max: 120 }) });
const TURN = fc.constant({ does: 'turn' as const });
const END = fc.record({ does: fc.constantFrom('succeed' as const, 'fail' as const), which: fc.nat() });
const STEPS = fc.array(
  fc.oneof({ weight: 4, arbitrary: SUBMIT }, { weight: 2, arbitrary: TURN }, { weight: 2, arbitrary: END }),
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
  /** What each job was told, in the order of their numbers. */
  readonly #told: string[][] = [];

  constructor(limits: BatcherLimits) {
    this.#limits = limits;
    this.#control = controlledBatcher(limits);
  }

  async take(step: Step): Promise<void> {
    const { batcher, underWay } = this.#control;
    if (step.does === 'turn') await turn();
    else if (step.does === 'submit') this.#submit(step.size);
    else underWay()[step.which % underWay().length]?.[step.does]();
    expect(underWay().length).toBeLessThanOrEqual(this.#limits.batchesMax);
    expect(batcher.queued).toBeLessThanOrEqual(this.#limits.queueMax);
    if (step.does === 'turn' && batcher.queued > 0) expect(underWay()).toHaveLength(this.#limits.batchesMax);
  }

  async finish(): Promise<void> {
    const { underWay } = this.#control;
    do {
      underWay()[0]?.succeed();
      await turn();
    } while (underWay().length > 0);
  }

  expectKeptPromises(): void {
    const { sent } = this.#control;
    expect(sent.flatMap(({ jobs }) => numbersOf(jobs))).toEqual([...this.#told.keys()]);
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

  #submit(size: number): void {
    const { batcher } = this.#control;
    if (batcher.isFull) return;
    const told: string[] = [];
    const number = this.#told.push(told) - 1;
    batcher.submit(job(number, size)).then(
      (answer) => told.push(`answer ${answer}`),
      (error: unknown) => told.push((error as Error).message),
    );
  }
}
