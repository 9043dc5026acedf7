import type { Registry } from 'prom-client';
import type { Meter } from '../engine/ports.js';
import { ledgerMetrics } from './ledger-metrics.js';
import { poolMetrics } from './pool-metrics.js';
import { roundMetrics } from './round-metrics.js';

/** The engine's Meter over Prometheus families. */
export function prometheusMeter(registry: Registry, queued: () => number): Meter {
  const pool = poolMetrics(registry, queued);
  const countRounds = roundMetrics(registry);
  return {
    batchDecided: (waitsMs, decideMs) => {
      pool.batchDecided(waitsMs, decideMs);
    },
    roundsAnswered: countRounds,
    batchFailed: (cause) => {
      pool.batchFailed(cause);
    },
    ledgerAppended: ledgerMetrics(registry),
  };
}
