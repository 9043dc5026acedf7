import { Counter, type Registry } from 'prom-client';
import type { WorkerRound } from '../rounds/batch/batch-reply.js';

/** What became of rounds and how many bids they held. */
export function roundMetrics(registry: Registry): (rounds: readonly WorkerRound[]) => void {
  const rounds = new Counter({
    name: 'parley_rounds_decided_total',
    help: 'Sealed rounds decided, by format and outcome',
    labelNames: ['format', 'outcome'] as const,
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'parley_rounds_refused_total',
    help: 'Sealed rounds a worker refused, by error code',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  const bids = new Counter({
    name: 'parley_rounds_bids_total',
    help: 'Bids of decided rounds',
    registers: [registry],
  });
  return (batch) => {
    for (const round of batch) {
      if ('refusal' in round) refusals.inc({ code: round.refusal.code });
      else if ('answer' in round) {
        rounds.inc({ format: round.format, outcome: round.outcome });
        bids.inc(round.bids);
      }
    }
  };
}
