import { describe, expect, test } from 'vitest';
import { Tolerance } from '../../src/pool/tolerance.js';

const WAIT_MS_MAX = 500;

/** Asks at an instant at which so long a wait is foreseen. */
function asker() {
  const tolerance = new Tolerance(WAIT_MS_MAX);
  return (atMs: number, waitMs: number) => tolerance.isExceeded(atMs, (limitMs) => waitMs >= limitMs);
}

describe('a queue', () => {
  test('that begins to grow may grow to half of the longest wait', () => {
    const isExceeded = asker();
    expect(isExceeded(0, 0)).toBe(false);
    expect(isExceeded(1, 249)).toBe(false);
    expect(isExceeded(2, 250)).toBe(true);
  });

  test('that stands is kept short', () => {
    const isExceeded = asker();
    for (let atMs = 0; atMs <= 500; atMs += 50) expect(isExceeded(atMs, 200)).toBe(false);
    expect(isExceeded(501, 200)).toBe(true);
    for (let atMs = 550; atMs < 10_000; atMs += 50) expect(isExceeded(atMs, 60)).toBe(true);
    expect(isExceeded(10_000, 59)).toBe(false);
  });

  test('that is short for a moment only still stands', () => {
    const isExceeded = asker();
    for (let atMs = 0; atMs <= 600; atMs += 50) isExceeded(atMs, 100);
    expect(isExceeded(620, 0)).toBe(false);
    expect(isExceeded(640, 100)).toBe(true);
  });

  test('that was worked off takes the next burst', () => {
    const isExceeded = asker();
    for (let atMs = 0; atMs <= 600; atMs += 50) isExceeded(atMs, 100);
    for (let atMs = 610; atMs <= 710; atMs += 10) isExceeded(atMs, 9);
    expect(isExceeded(720, 249)).toBe(false);
  });

  test('that nobody has asked about for a while was worked off', () => {
    const isExceeded = asker();
    for (let atMs = 0; atMs <= 600; atMs += 50) isExceeded(atMs, 100);
    expect(isExceeded(5000, 249)).toBe(false);
  });
});
