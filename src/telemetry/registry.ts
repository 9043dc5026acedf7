import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry for one engine, so that two engines in a process do not share counts. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Upper bounds in seconds, from a tenth of a millisecond: most rounds take less than one. */
export const LATENCY_BUCKETS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
];
