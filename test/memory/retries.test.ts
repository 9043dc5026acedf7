import { expect, test } from 'vitest';
import { memoryLedger } from '../support/memory-ledger.js';
import { retriesConformance } from '../support/retries-conformance.js';
import { VirtualClock } from '../support/virtual-clock.js';

const [KEY, FINGERPRINT] = ['a'.repeat(64), 'b'.repeat(64)];
const [A, B] = ['n00000000000000aa', 'n00000000000000bb'];
const KEPT_MS = 1000;

retriesConformance('the embedded ledger', (retryBytesMax) => {
  const clock = new VirtualClock();
  return { ledger: memoryLedger({ retryBytesMax }, clock), pass: clock.pass };
});

test('the embedded ledger keeps a key and its answer to the millisecond', async () => {
  const clock = new VirtualClock();
  const { retries } = memoryLedger({}, clock);
  await retries.reserve({ key: KEY, fingerprint: FINGERPRINT, node: A }, KEPT_MS);
  await retries.keepAnswer(A, { key: KEY, bytes: Buffer.from('answer'), keptMs: KEPT_MS });
  await retries.beat(A, KEPT_MS);
  clock.pass(KEPT_MS - 1);
  expect(await retries.reserve({ key: KEY, fingerprint: FINGERPRINT, node: B }, KEPT_MS)).toHaveProperty(
    'holder',
  );
  expect((await retries.readAnswer(A, KEY))?.toString()).toBe('answer');
  expect(await retries.isAlive(A)).toBe(true);
  clock.pass(1);
  expect(await retries.readAnswer(A, KEY)).toBeUndefined();
  expect(await retries.isAlive(A)).toBe(false);
  expect(await retries.reserve({ key: KEY, fingerprint: FINGERPRINT, node: B }, KEPT_MS)).toEqual({
    reserved: true,
  });
});

test('the embedded ledger counts an answer that is given again once', async () => {
  const { retries } = memoryLedger({ retryBytesMax: 10_000 });
  for (let given = 0; given < 9; given++)
    await retries.keepAnswer(A, { key: KEY, bytes: Buffer.alloc(5000), keptMs: KEPT_MS });
  expect(await retries.reserve({ key: KEY, fingerprint: FINGERPRINT, node: A }, KEPT_MS)).toEqual({
    reserved: true,
  });
});
