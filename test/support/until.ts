import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 10;

/** Resolves when the condition holds; fails with what was awaited when it does not hold in time. */
export async function until(
  awaited: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain until ${awaited}.`);
    await pause(POLL_MS);
  }
}

/** The promise, or a failure that says what did not happen in time. */
export async function within<T>(limitMs: number, awaited: string, promise: Promise<T>): Promise<T> {
  const late = new AbortController();
  const deadline = pause(limitMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Waited ${limitMs} ms in vain until ${awaited}.`);
  });
  deadline.catch(() => undefined);
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    late.abort();
  }
}
