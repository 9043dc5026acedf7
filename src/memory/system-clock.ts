import type { Clock } from '../base/clock.js';

/** The clocks of this process. The monotonic one is the same on every thread of it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
};
