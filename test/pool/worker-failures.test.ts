import { describe, expect, onTestFinished, test } from 'vitest';
import { connectTo } from '../support/connection.js';
import { doorOf, engineOf } from '../support/engine.js';
import { expectRefusal } from '../support/envelope.js';
import { FAULT_NAMES, faultyRound, faultyWorker, faultyWorkerThat } from '../support/faulty-worker.js';
import { scrape, sum } from '../support/metrics.js';
import { GOOD_BYTES } from '../support/rounds.js';
import { until } from '../support/until.js';

const HANG_MS = '1000';
const TIMES = 2;

describe('a worker that fails', () => {
  test.each(FAULT_NAMES)('%s: only its batch is refused, and the next round is cleared', async (fault) => {
    const engine = await engineOf(fault === 'hangs' ? { PARLEY_HANG_MS_MAX: HANG_MS } : {}, faultyWorker());
    const door = await doorOf(engine);
    const connection = await connectTo(door);
    for (let time = 0; time < TIMES; time++) {
      expectRefusal(await connection.ask({ body: faultyRound(fault) }), { code: 'WORKER_FAILED' });
      const next = await connection.ask({ body: GOOD_BYTES });
      expect(next.status, next.body).toBe(200);
    }
    expect(sum(await scrape(door), 'parley_pool_batches_failed_total', 'cause="worker"')).toBe(TIMES);
  });

  test('refuses the rounds that travelled with the faulty one, and no others', async () => {
    const engine = await engineOf({ PARLEY_BATCH_ROUNDS_MAX: '4' }, faultyWorker());
    const bodies = Array.from({ length: 12 }, (_, at) => (at === 5 ? faultyRound('throws') : GOOD_BYTES));
    const replies = await Promise.all(bodies.map((bytes) => engine.clearRound(bytes)!));
    const refused = replies.flatMap((reply, at) => ('refusal' in reply ? [[at, reply.refusal.code]] : []));
    expect(refused).toEqual([4, 5, 6, 7].map((at) => [at, 'WORKER_FAILED']));
  });

  test('leaves the other worker at its work while it hangs', async () => {
    const engine = await engineOf({ PARLEY_THREADS: '2', PARLEY_HANG_MS_MAX: '1500' }, faultyWorker());
    let isOver = false;
    const hung = engine.clearRound(faultyRound('hangs'))!.finally(() => (isOver = true));
    await nextTurn();
    for (let round = 0; round < 10; round++) {
      expect(await engine.clearRound(GOOD_BYTES)).toHaveProperty('answer');
    }
    expect(isOver).toBe(false);
    expect(await hung).toMatchObject({ refusal: { code: 'WORKER_FAILED' } });
  });

  test('is replaced without the bound on hanging counting against the next batch', async () => {
    const engine = await engineOf(
      { PARLEY_HANG_MS_MAX: '500' },
      faultyWorkerThat('if (loads > 1) sleep(600);'),
    );
    const hung = engine.clearRound(faultyRound('hangs'))!;
    await nextTurn();
    const next = engine.clearRound(GOOD_BYTES)!;
    expect(await hung).toMatchObject({ refusal: { code: 'WORKER_FAILED' } });
    expect(await next).toHaveProperty('answer');
  });

  test('does not take the engine along when its replacement cannot start', async () => {
    const crashes: unknown[] = [];
    const note = (error: unknown): number => crashes.push(error);
    process.on('uncaughtException', note);
    onTestFinished(() => void process.off('uncaughtException', note));
    const engine = await engineOf(
      { PARLEY_HANG_MS_MAX: HANG_MS },
      faultyWorkerThat('if (loads === 2) throw new Error("no room for a thread");'),
    );
    expect(await engine.clearRound(faultyRound('exits'))).toMatchObject({
      refusal: { code: 'WORKER_FAILED' },
    });
    await until(
      'a round clears again',
      async () => 'answer' in (await engine.clearRound(GOOD_BYTES)!),
      15_000,
    );
    expect(crashes).toEqual([]);
  });
});

describe('the least bound on hanging', () => {
  test('leaves a worker the time to start', async () => {
    const engine = await engineOf({ PARLEY_HANG_MS_MAX: '100' }, faultyWorkerThat('sleep(300);'));
    expect(await engine.clearRound(GOOD_BYTES)).toHaveProperty('answer');
  });
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
