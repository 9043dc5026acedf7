import { Histogram, type Registry } from 'prom-client';
import { LATENCY_BUCKETS } from './registry.js';

/** How long the ledger takes to accept a block, sealing included. */
export function ledgerMetrics(registry: Registry): (appendMs: number) => void {
  const append = new Histogram({
    name: 'parley_ledger_append_seconds',
    help: 'From the decision of a batch to its block standing in the ledger',
    buckets: LATENCY_BUCKETS,
    registers: [registry],
  });
  return (appendMs) => {
    append.observe(appendMs / 1000);
  };
}
