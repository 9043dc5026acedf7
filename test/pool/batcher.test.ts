import { describe, expect, test } from 'vitest';
import { Batcher, type BatcherLimits } from '../../src/pool/batcher.js';
import { controlledBatcher, EXPIRED, job, numbersOf, turn } from './controlled-batcher.js';

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

describe('a worker that comes free', () => {
  test('is given only what is still in time, and what waited too long is told at once', async () => {
    const { batcher, sent, clock } = controlledBatcher(ROOMY, 50);
    void batcher.submit(job(0));
    await turn();
    const late = [batcher.submit(job(1)), batcher.submit(job(2))];
    clock.nowMs = 30;
    void batcher.submit(job(3));
    clock.nowMs = 51;
    sent[0]!.succeed();
    expect(await Promise.all(late)).toEqual([EXPIRED, EXPIRED]);
    expect(sent.map(({ jobs }) => numbersOf(jobs))).toEqual([[0], [3]]);
  });

  test('stays free when nothing is in time, and the batcher is idle', async () => {
    const { batcher, sent, clock } = controlledBatcher(ROOMY, 50);
    void batcher.submit(job(0));
    await turn();
    const late = batcher.submit(job(1));
    clock.nowMs = 1000;
    sent[0]!.succeed();
    expect(await late).toBe(EXPIRED);
    await batcher.idle();
    expect([batcher.queued, sent.length]).toEqual([0, 1]);
  });
});

describe('a batcher that is going to be late', () => {
  test('is full before the oldest is, once it knows how long batches take', async () => {
    const { batcher, sent, clock } = controlledBatcher({ ...ROOMY, roundsPerBatchMax: 1 }, 50);
    for (let number = 0; number < 20; number++) {
      void batcher.submit(job(number));
      await turn();
      clock.nowMs += 10;
      sent.at(-1)!.succeed();
      await turn();
    }
    for (let time = 0; time < 3; time++) {
      let admitted = 0;
      for (; !batcher.isFull; admitted++) void batcher.submit(job(admitted));
      expect(admitted).toBeGreaterThanOrEqual(5);
      expect(admitted).toBeLessThan(50);
      await turn();
      clock.nowMs += 1000;
      sent.at(-1)!.succeed();
      await turn();
      expect(batcher.queued).toBe(0);
    }
  });

  test('is full while the oldest has waited too long, whatever holds it up, and not a moment after', async () => {
    const { batcher, sent, clock } = controlledBatcher(ROOMY, 50);
    void batcher.submit(job(0));
    await turn();
    void batcher.submit(job(1));
    clock.nowMs = 50;
    expect(batcher.isFull).toBe(false);
    clock.nowMs = 51;
    expect(batcher.isFull).toBe(true);
    sent[0]!.succeed();
    await turn();
    expect(batcher.isFull).toBe(false);
  });
});

test('a job larger than a batch may be travels alone', async () => {
  const { batcher, sent } = controlledBatcher({ ...ROOMY, batchesMax: 9 });
  for (const [number, size] of [10, 5000, 10].entries()) void batcher.submit(job(number, size));
  await turn();
  expect(sent.map(({ jobs }) => numbersOf(jobs))).toEqual([[0], [1], [2]]);
});

test('a runner that throws at once fails its batch like one that rejects', async () => {
  const patience = { waitMsMax: 1000, monotonicMs: () => 0, expire: () => EXPIRED };
  const fail = (): never => {
    throw new Error('no worker');
  };
  const batcher = new Batcher<ReturnType<typeof job>, number>(ROOMY, fail, patience);
  await expect(batcher.submit(job(0))).rejects.toThrow('no worker');
  await expect(batcher.submit(job(1))).rejects.toThrow('no worker');
});
