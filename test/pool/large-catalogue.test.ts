import { expect, test } from 'vitest';
import { engineOf } from '../support/engine.js';
import { faultyRound, faultyWorker } from '../support/faulty-worker.js';
import { bytesOf, goodRound } from '../support/rounds.js';

const HANG_MS = 100;
const MIB = 1_048_576;

test('the replacement of a worker reads a large catalogue before its time counts', async () => {
  const engine = await engineOf(
    { PARLEY_HANG_MS_MAX: String(HANG_MS), PARLEY_RETENTION: 'off', PARLEY_THREADS: '1' },
    faultyWorker(),
  );
  const description = 'A policy of some size. '.repeat(40);
  while (engine.catalogue.bytes < 24 * MIB) {
    const rules = [{ id: 'price', kind: 'price-cap', max: engine.catalogue.count }];
    const bytes = bytesOf({ description, rules });
    await engine.publish({ kind: 'policy', name: 'house', bytes, expected: undefined });
  }
  expect(await engine.clearRound(faultyRound('exits'))).toMatchObject({ refusal: { code: 'WORKER_FAILED' } });
  const reply = await engine.clearRound(bytesOf(goodRound({ policies: ['house'] })));
  expect(reply).toHaveProperty('answer');
}, 60_000);
