import { describe, expect, test } from 'vitest';
import { Batcher, type BatcherLimits } from '../../src/pool/batcher.js';
import { controlledBatcher, job, numbersOf, turn } from './controlled-batcher.js';

const ROOMY: BatcherLimits = { batchesMax: 1, roundsPerBatchMax: 64, bytesPerBatchMax: 1000, queueMax: 100 };

describe('an idle batcher', () => {
  test('sends what arrived in one turn together, in the same turn', async () => {
    const { batcher, sent } = controlledBatcher(ROOMY);
    for (let number = 0; number < 3; number++) void batcher.submit(job(number));
    expect(sent).toEqual([]);
    await turn();
    expect(sent.map(({ jobs }) => numbersOf(jobs))).toEqual([[0, 1, 2]]);
  });

  test('sends again at once when the next turn brings more and a worker is free', async () => {
    const { batcher, sent } = controlledBatcher({ ...ROOMY, batchesMax: 2 });
    void batcher.submit(job(0));
    await turn();
    void batcher.submit(job(1));
    await turn();
    expect(sent.map(({ jobs }) => numbersOf(jobs))).toEqual([[0], [1]]);
  });
});

describe('a busy batcher', () => {
  test('gathers, and gives all of it to the worker that comes free before that batch is answered', async () => {
    const { batcher, sent } = controlledBatcher(ROOMY);
    let sentWhenAnswered = 0;
    const first = batcher.submit(job(0)).then(() => (sentWhenAnswered = sent.length));
    await turn();
    for (let number = 1; number < 4; number++) void batcher.submit(job(number));
    await turn();
    expect(batcher.queued).toBe(3);
    sent[0]!.succeed();
    await first;
    expect(sentWhenAnswered).toBe(2);
    expect(numbersOf(sent[1]!.jobs)).toEqual([1, 2, 3]);
  });

  test('is full when as many wait as may wait', async () => {
    const { batcher } = controlledBatcher({ ...ROOMY, queueMax: 2 });
    void batcher.submit(job(0));
    await turn();
    void batcher.submit(job(1));
    expect(batcher.isFull).toBe(false);
    void batcher.submit(job(2));
    expect(batcher.isFull).toBe(true);
  });
});

test('a job larger than a batch may be travels alone', async () => {
  const { batcher, sent } = controlledBatcher({ ...ROOMY, batchesMax: 9 });
  for (const [number, size] of [10, 5000, 10].entries()) void batcher.submit(job(number, size));
  await turn();
  expect(sent.map(({ jobs }) => numbersOf(jobs))).toEqual([[0], [1], [2]]);
});

test('a runner that throws at once fails its batch like one that rejects', async () => {
  const batcher = new Batcher<ReturnType<typeof job>, number>(ROOMY, () => {
    throw new Error('no worker');
  });
  await expect(batcher.submit(job(0))).rejects.toThrow('no worker');
  await expect(batcher.submit(job(1))).rejects.toThrow('no worker');
});
