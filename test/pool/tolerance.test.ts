import { describe, expect, test } from 'vitest';
import { Tolerance } from '../../src/pool/tolerance.js';

const WAIT_MS_MAX = 500;

/** Asks at an instant at which so long a wait is foreseen. */
function asker() {
  const tolerance = new Tolerance(WAIT_MS_MAX);
  return (atMs: number, waitMs: number) => tolerance.isExceeded(atMs, (limitMs) => waitMs >= limitMs);
}

describe('a queue', () => {
  test('that was short a moment ago may grow to half of the longest wait', () => {
    const isExceeded = asker();
    expect(isExceeded(0, 0)).toBe(false);
    expect(isExceeded(1, 249)).toBe(false);
    expect(isExceeded(2, 250)).toBe(true);
  });

  test('that stands is kept short', () => {
    const isExceeded = asker();
    expect(isExceeded(0, 9)).toBe(false);
    expect(isExceeded(500, 200)).toBe(false);
    expect(isExceeded(501, 200)).toBe(true);
    expect(isExceeded(600, 40)).toBe(true);
    expect(isExceeded(700, 39)).toBe(false);
    expect(isExceeded(10_000, 40)).toBe(true);
  });

  test('that becomes short again takes the next burst', () => {
    const isExceeded = asker();
    expect(isExceeded(0, 0)).toBe(false);
    expect(isExceeded(1000, 100)).toBe(true);
    expect(isExceeded(1001, 9)).toBe(false);
    expect(isExceeded(1002, 249)).toBe(false);
  });

  test('that nobody has looked at yet is no burst when it is long already', () => {
    expect(asker()(5, 100)).toBe(true);
  });
});
