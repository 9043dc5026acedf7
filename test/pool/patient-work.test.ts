import { expect, test } from 'vitest';
import { controlledBatcher, EXPIRED, job, numbersOf, turn } from './controlled-batcher.js';

const ONE_WORKER = { batchesMax: 1, roundsPerBatchMax: 100, bytesPerBatchMax: 1_000_000, queueMax: 100 };

test('work that is patient travels in its order, however long it waited; what stood beside it is told', async () => {
  const { batcher, sent, clock } = controlledBatcher(ONE_WORKER, 50);
  void batcher.submit(job(0));
  await turn();
  const patient = batcher.submit({ ...job(1), isPatient: true });
  const late = batcher.submit(job(2));
  const alsoPatient = batcher.submit({ ...job(3), isPatient: true });
  clock.nowMs = 40;
  const inTime = batcher.submit(job(4));
  clock.nowMs = 60;
  sent[0]!.succeed();
  expect(await late).toBe(EXPIRED);
  expect(numbersOf(sent[1]!.jobs)).toEqual([1, 3, 4]);
  sent[1]!.succeed();
  expect(await Promise.all([patient, alsoPatient, inTime])).toEqual([1, 3, 4]);
  await batcher.idle();
});
