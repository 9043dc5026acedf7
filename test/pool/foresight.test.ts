import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Foresight, workOf } from '../../src/pool/foresight.js';

const WAIT_MS = 100;
const ROUND_WORK = workOf(10_000);
/** More than enough batches for an estimate. */
const BATCHES = 60;

/** A virtual pool: every round takes its workers the same time, and batches are full. */
const POOL = fc.record({
  workers: fc.integer({ min: 1, max: 4 }),
  roundMs: fc.double({ min: 0.05, max: 20, noNaN: true }),
  roundsPerBatch: fc.integer({ min: 4, max: 64 }),
});
type VirtualPool = typeof POOL extends fc.Arbitrary<infer One> ? One : never;

/** The estimate puts a part of the time on batches, which no virtual batch costs: so it may be this much too short. */
const TOO_SHORT = 1.25;

describe('an estimate of the wait', () => {
  test('never lets in what the workers cannot reach in time, and keeps out nothing that they can', () => {
    fc.assert(
      fc.property(POOL, fc.double({ min: 0, max: 1, noNaN: true }), (pool, elapsedShare) => {
        const foresight = seasoned(pool);
        const batchMs = pool.roundMs * pool.roundsPerBatch;
        for (let worker = 0; worker < pool.workers; worker++)
          foresight.depart(pool.roundsPerBatch * ROUND_WORK, 0);
        const nowMs = elapsedShare * batchMs;
        const leftMs = batchMs - nowMs;
        const roomRounds = (pool.workers * Math.max(0, WAIT_MS - leftMs)) / pool.roundMs;
        const isKeptOut = (rounds: number) => foresight.isLongerThan(WAIT_MS, rounds * ROUND_WORK, nowMs);
        expect(isKeptOut(TOO_SHORT * roomRounds + 0.1)).toBe(true);
        if (roomRounds > 0.1) expect(isKeptOut(roomRounds - 0.1)).toBe(false);
      }),
    );
  });

  test('rises with what waits and never falls by it', () => {
    fc.assert(
      fc.property(POOL, fc.nat(1e8), fc.nat(1e8), (pool, one, other) => {
        const foresight = seasoned(pool);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        if (foresight.isLongerThan(WAIT_MS, less, 0))
          expect(foresight.isLongerThan(WAIT_MS, more, 0)).toBe(true);
      }),
    );
  });
});

test('idle workers take work at once, however slow they have been', () => {
  const foresight = seasoned({ workers: 2, roundMs: 5000, roundsPerBatch: 64 });
  foresight.depart(ROUND_WORK, 0);
  expect(foresight.isLongerThan(WAIT_MS, 0, 0)).toBe(false);
  foresight.depart(ROUND_WORK, 0);
  expect(foresight.isLongerThan(WAIT_MS, 0, 0)).toBe(true);
});

test('a worker that has only begun is not judged', () => {
  const foresight = new Foresight(1);
  foresight.depart(ROUND_WORK, 0)(10_000);
  expect(foresight.isLongerThan(WAIT_MS, 1000 * ROUND_WORK, 10_000)).toBe(false);
});

test('one batch that is held up does not turn away what comes after it', () => {
  const foresight = seasoned({ workers: 1, roundMs: 0.5, roundsPerBatch: 20 });
  const waiting = 100 * ROUND_WORK;
  expect(foresight.isLongerThan(WAIT_MS, waiting, 0)).toBe(false);
  foresight.depart(20 * ROUND_WORK, 0)(5000);
  expect(foresight.isLongerThan(WAIT_MS, waiting, 5000)).toBe(false);
});

test.each([
  ['slower', 0.5, 5, true],
  ['faster', 5, 0.5, false],
])('rounds that become ten times %s are noticed within thirty batches', (_, before, after, isKeptOut) => {
  const foresight = seasoned({ workers: 1, roundMs: before, roundsPerBatch: 20 });
  const waiting = 50 * ROUND_WORK;
  expect(foresight.isLongerThan(WAIT_MS, waiting, 0)).toBe(!isKeptOut);
  for (let batch = 0; batch < 30; batch++) foresight.depart(20 * ROUND_WORK, 0)(20 * after);
  expect(foresight.isLongerThan(WAIT_MS, waiting, 0)).toBe(isKeptOut);
});

function seasoned({ workers, roundMs, roundsPerBatch }: VirtualPool): Foresight {
  const foresight = new Foresight(workers);
  for (let batch = 0; batch < BATCHES; batch++) {
    foresight.depart(roundsPerBatch * ROUND_WORK, 0)(roundMs * roundsPerBatch);
  }
  return foresight;
}
