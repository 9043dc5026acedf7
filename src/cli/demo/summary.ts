import { LOSSES, type LossReason } from '../../base/loss-reasons.js';
import { SEATS } from '../../sim/seats.js';
import type { Tally } from './tally.js';
import type { TrailCheck } from './trail.js';
import { count, plural, total } from './words.js';

export interface Speed {
  readonly rounds: number;
  readonly elapsedMs: number;
}

/** The closing lines: totals, spend, why bids lost, how fast it went, what the trail holds. */
export function summaryLines(
  totals: Tally,
  speed: Speed,
  { node, threads }: { readonly node: string; readonly threads: number },
  trail: TrailCheck | undefined,
): readonly string[] {
  return [
    `${plural(totals.rounds, 'round')}, ${plural(totals.bids, 'bid')}: ${plural(totals.awards, 'award')} and ` +
      `${count(totals.bids - totals.awards)} losses; ${plural(totals.roundsWithoutAward, 'round')} ended without an award.`,
    '',
    ...spendLines(totals),
    '',
    ...lossLines(totals),
    '',
    speedLine(speed, threads),
    trailLine(node, trail),
  ];
}

function spendLines({ bySeat }: Tally): readonly string[] {
  const rows = SEATS.flatMap(({ name, strategy }) => {
    const totals = bySeat.get(name);
    if (totals === undefined) return [];
    const { bids, awards, spentMicros } = totals;
    return [spendRow([name, strategy, count(bids), count(awards), total(spentMicros)])];
  });
  return [spendRow(['Seat', 'strategy', 'bids', 'awards', 'spent, USD']), ...rows];
}

function spendRow([seat, strategy, bids, awards, spent]: [string, string, string, string, string]): string {
  return `  ${seat.padEnd(8)}${strategy.padEnd(16)}${bids.padStart(8)}${awards.padStart(8)}${spent.padStart(14)}`;
}

function lossLines({ byReason }: Tally): readonly string[] {
  const rows = [...byReason]
    .sort(([a], [b]) => LOSSES[a].code - LOSSES[b].code)
    .map(([reason, losses]) => lossRow(reason, losses));
  return ['Why bids lost', ...rows];
}

function lossRow(reason: LossReason, losses: number): string {
  const { code, sentence } = LOSSES[reason];
  return `  ${String(code).padStart(3)}  ${reason.padEnd(20)}${count(losses).padStart(8)}  ${sentence}`;
}

function speedLine({ rounds, elapsedMs }: Speed, threads: number): string {
  const perSecond = count(Math.round((rounds * 1000) / elapsedMs));
  return `Speed: ${perSecond} rounds a second on this machine, ${plural(threads, 'worker thread')}, without HTTP.`;
}

function trailLine(node: string, trail: TrailCheck | undefined): string {
  if (trail === undefined) return 'Trail: none, because PARLEY_RETENTION is off.';
  const verdict = trail.isSigned ? 'is good' : 'DOES NOT FIT';
  return (
    `Trail: ${plural(trail.blocks, 'block')} in the log of ${node};\n` +
    `       the signature of the last checkpoint ${verdict}, checked with the public key in block 0.`
  );
}
