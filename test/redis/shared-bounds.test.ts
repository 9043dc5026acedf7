import { describe, expect, onTestFinished, test } from 'vitest';
import type { Reservation, Retries } from '../../src/engine/ledger-port.js';
import { RESERVATION_BYTES } from '../../src/engine/retry-bytes.js';
import { DEADLINE_BUCKETS } from '../../src/redis/keys.js';
import { namespaced, privateRedis, redisForThisFile } from '../support/redis.js';
import { emptyRedisLedger, redisLedger } from '../support/redis-ledger.js';
import { until } from '../support/until.js';

const HOUR_MS = 3_600_000;
const KEYS_MAX = 40;
const BOUND = { retryBytesMax: KEYS_MAX * RESERVATION_BYTES };
const url = redisForThisFile();

describe('two nodes that share a bound of retries', () => {
  test('fill it together', async () => {
    const [one, other] = await twoNodes();
    for (let key = 0; key < KEYS_MAX; key++) expect(await take(one, key)).toBe('reserved');
    expect(await take(one, KEYS_MAX)).toBe('full');
    await until('the other has heard of it', () => isFull(other, one));
    expect(await take(other, 0)).toBe('held');
  });

  test('have room for what either gives back', async () => {
    const [one, other] = await twoNodes();
    for (let key = 0; key < KEYS_MAX; key++) await take(one, key);
    await until('the other has heard of it', () => isFull(other, one));
    await one.release(hex(0), nodeOf(0));
    await until('the other has heard of that', async () => !(await isFull(other, one)));
  });

  /** Asks a node for room, after the other had reason to tell what it knows. */
  async function isFull(asked: Retries, teller: Retries): Promise<boolean> {
    await take(teller, 1);
    const result = await take(asked, KEYS_MAX);
    if (result === 'reserved') await asked.release(hex(KEYS_MAX), nodeOf(KEYS_MAX));
    return result === 'full';
  }
});

test('keys that could not be taken while Redis was away take no room', async () => {
  const redis = await privateRedis({ fsync: 'none' });
  onTestFinished(() => redis.stop());
  const ledger = await redisLedger(redis.url, BOUND);
  const { retries } = ledger;
  expect(await take(retries, 0)).toBe('reserved');
  await redis.kill();
  for (let tried = 0; tried < 2 * KEYS_MAX; tried++) await expect(take(retries, 1)).rejects.toThrow();
  await redis.start();
  await until('Redis is back', () => ledger.isAvailable, 20_000);
  for (let key = 1; key < KEYS_MAX; key++) expect(await take(retries, key)).toBe('reserved');
});

test('deadlines past the bound are not armed, and those that are can still be moved', async () => {
  const { sessions } = await emptyRedisLedger(url(), { deadlinesMax: 2 * DEADLINE_BUCKETS });
  const armed = [];
  for (let at = 0; at < 20 * DEADLINE_BUCKETS; at++) {
    const deadline = { session: `s${at}`, name: 'close', atMs: at };
    if (await sessions.armDeadline(deadline)) armed.push(deadline);
  }
  expect(armed).toHaveLength(2 * DEADLINE_BUCKETS);
  expect(await sessions.readDue(HOUR_MS, 999)).toEqual(armed);
  for (const deadline of armed)
    expect(await sessions.armDeadline({ ...deadline, atMs: deadline.atMs + HOUR_MS })).toBe(true);
  await sessions.disarmDeadline({ ...armed[0]!, atMs: armed[0]!.atMs + HOUR_MS });
  expect(await sessions.armDeadline(armed[0]!)).toBe(true);
});

async function twoNodes(): Promise<readonly [Retries, Retries]> {
  const shared = namespaced(url());
  const [one, other] = await Promise.all([redisLedger(shared, BOUND), redisLedger(shared, BOUND)]);
  return [one.retries, other.retries];
}

async function take(retries: Retries, key: number): Promise<'reserved' | 'held' | 'full'> {
  const reservation: Reservation = { key: hex(key), fingerprint: hex(key), node: nodeOf(key) };
  const result = await retries.reserve(reservation, HOUR_MS);
  if (result.reserved) return 'reserved';
  return 'full' in result ? 'full' : 'held';
}

function hex(number: number): string {
  return number.toString(16).padStart(64, '0');
}

function nodeOf(number: number): string {
  return `n${String(number).padStart(16, '0')}`;
}
