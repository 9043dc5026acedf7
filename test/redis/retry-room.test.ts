import { describe, expect, test } from 'vitest';
import { LedgerUnavailable } from '../../src/engine/ledger-port.js';
import { RetryRoom } from '../../src/redis/retry-room.js';
import { VirtualClock } from '../support/virtual-clock.js';

const BYTES_MAX = 1000;
const FRESH_MS = 500;
const DAY_MS = 86_400_000;

describe('the room for retries', () => {
  test('is what all nodes have left of it, as far as they have told', async () => {
    const { one, other, clock } = twoNodes();
    await one.refresh();
    await other.refresh();
    one.add(one.endOf(DAY_MS), 900);
    expect(one.hasRoomFor(101)).toBe(false);
    expect(one.hasRoomFor(100)).toBe(true);
    expect(other.hasRoomFor(101)).toBe(true);
    clock.pass(FRESH_MS);
    await one.refresh();
    await other.refresh();
    expect(other.hasRoomFor(101)).toBe(false);
    expect(other.hasRoomFor(100)).toBe(true);
  });

  test('comes back with what is given back, and with what has ended', async () => {
    const { one, other, clock } = twoNodes();
    for (const keptMs of [DAY_MS, 10_000]) one.add(one.endOf(keptMs), 400);
    one.add(one.endOf(DAY_MS), -300);
    await one.refresh();
    await other.refresh();
    expect([500, 501].map((bytes) => other.hasRoomFor(bytes))).toEqual([true, false]);
    clock.pass(9999);
    await other.refresh();
    expect(other.hasRoomFor(501)).toBe(false);
    clock.pass(1 + 10_000 / 8);
    await other.refresh();
    expect([900, 901].map((bytes) => other.hasRoomFor(bytes))).toEqual([true, false]);
  });

  test('is asked for once by many that come at once, and not again while the answer is fresh', async () => {
    const { one, clock, asked } = twoNodes();
    await Promise.all([one.refresh(), one.refresh(), one.refresh()]);
    clock.pass(FRESH_MS - 1);
    await one.refresh();
    expect(asked).toHaveLength(1);
    clock.pass(1);
    await one.refresh();
    expect(asked).toHaveLength(2);
  });

  test('forgets nothing when the count fails, and says that the ledger took nothing', async () => {
    const { one, other, faults } = twoNodes();
    one.add(one.endOf(DAY_MS), 600);
    faults.push(new Error('no answer'));
    await expect(one.refresh()).rejects.toThrow(LedgerUnavailable);
    expect(one.hasRoomFor(401)).toBe(false);
    await one.refresh();
    await other.refresh();
    for (const room of [one, other]) expect([400, 401].map((b) => room.hasRoomFor(b))).toEqual([true, false]);
  });

  test('counts what is added while the ledger counts', async () => {
    const { one, other, clock } = twoNodes();
    const counting = one.refresh();
    one.add(one.endOf(DAY_MS), 600);
    await counting;
    expect(one.hasRoomFor(401)).toBe(false);
    clock.pass(FRESH_MS);
    await one.refresh();
    await other.refresh();
    expect(other.hasRoomFor(401)).toBe(false);
  });

  test.each([100, 1000, 60_000, DAY_MS])(
    'is counted by few instants, none of them early, when bytes are kept for %i ms',
    (keptMs) => {
      const { one, clock } = twoNodes();
      const ends = new Set<number>();
      for (let step = 0; step < 100; step++) {
        const gone = clock.nowMs() + keptMs;
        const end = one.endOf(keptMs);
        expect(end).toBeGreaterThanOrEqual(gone);
        expect(end).toBeLessThanOrEqual(gone + keptMs / 8);
        ends.add(end);
        clock.pass(keptMs / 100);
      }
      expect(ends.size).toBeLessThanOrEqual(18);
    },
  );
});

/** Two nodes, and what they have told of: bytes by the instant at which they end. */
function twoNodes() {
  const clock = new VirtualClock();
  const told = new Map<number, number>();
  const asked: number[] = [];
  const faults: Error[] = [];
  const count = (nowMs: number, changes: ReadonlyMap<number, number>) => {
    asked.push(nowMs);
    const fault = faults.pop();
    if (fault !== undefined) return Promise.reject(fault);
    for (const [endAtMs, bytes] of changes) told.set(endAtMs, (told.get(endAtMs) ?? 0) + bytes);
    const kept = [...told].filter(([endAtMs]) => endAtMs > nowMs);
    return Promise.resolve(kept.reduce((total, [, bytes]) => total + bytes, 0));
  };
  const [one, other] = [0, 1].map(() => new RetryRoom(BYTES_MAX, clock, count));
  return { one: one!, other: other!, clock, asked, faults };
}
