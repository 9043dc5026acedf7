import { describe, expect, test } from 'vitest';
import { Tolerance } from '../../src/pool/tolerance.js';

const WAIT_MS_MAX = 500;

/** Asks at an instant at which so long a wait is foreseen. */
function asker() {
  const tolerance = new Tolerance(WAIT_MS_MAX);
  return (atMs: number, waitMs: number) => tolerance.isExceeded(atMs, (limitMs) => waitMs >= limitMs);
}

/** Asks every 50 ms, and answers what was said last. */
function during(ask: ReturnType<typeof asker>, fromMs: number, toMs: number, waitMs: number): boolean {
  let last = false;
  for (let atMs = fromMs; atMs <= toMs; atMs += 50) last = ask(atMs, waitMs);
  return last;
}

describe('a queue', () => {
  test('may grow to half of the longest wait', () => {
    const ask = asker();
    expect(ask(0, 0)).toBe(false);
    expect(ask(1, 249)).toBe(false);
    expect(ask(2, 250)).toBe(true);
  });

  test('of callers who wait for their answers may stand as long as they like', () => {
    expect(during(asker(), 0, 60_000, 200)).toBe(false);
  });

  test('that has grown too long is kept short until it is worked off', () => {
    const ask = asker();
    expect(ask(1000, 250)).toBe(true);
    expect(during(ask, 1050, 20_000, 25)).toBe(true);
    expect(during(ask, 20_050, 30_000, 24)).toBe(false);
    expect(ask(30_050, 100)).toBe(true);
  });

  test('that is short for a moment only is not worked off', () => {
    const ask = asker();
    ask(1000, 250);
    expect(ask(1050, 0)).toBe(false);
    expect(ask(1090, 100)).toBe(true);
  });

  test('that was worked off takes the next burst', () => {
    const ask = asker();
    ask(1000, 250);
    expect(during(ask, 1050, 1150, 9)).toBe(false);
    expect(ask(1160, 249)).toBe(false);
  });

  test('that nobody has asked about for a while was worked off', () => {
    const ask = asker();
    ask(1000, 250);
    expect(ask(5000, 249)).toBe(false);
  });
});
