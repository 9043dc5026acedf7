import type { Group, RowName } from '../scenarios.js';
import type { Window } from '../drive-load.js';
import type { Reading } from '../probe.js';

/** What one server did in one turn. */
export interface Turn {
  readonly roundsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly cpuMicrosPerRound: number;
  readonly mainBusy: number;
  readonly loadBusy: number;
}

/** A figure over the turns. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One line of the table: medians over the turns. */
export interface Row extends Turn {
  readonly bids: number;
  readonly threads: number;
  readonly server: RowName;
  readonly turns: number;
  /** Rounds per second over those of one task per request in the same turn. */
  readonly rateRatio: Spread;
  /** CPU of a round over that of the bare route in the same turn. */
  readonly cpuRatio: Spread;
}

export function turnOf(window: Window, before: Reading, after: Reading): Turn {
  const activeMs = after.activeMs - before.activeMs;
  return {
    roundsPerSecond: window.answered / window.seconds,
    p50Ms: window.p50Ms,
    p99Ms: window.p99Ms,
    p999Ms: window.p999Ms,
    cpuMicrosPerRound: (after.cpuMicros - before.cpuMicros) / window.answered,
    mainBusy: activeMs / (activeMs + after.idleMs - before.idleMs),
    loadBusy: window.loadBusy,
  };
}

/** Turns of what every row of a group is compared with. */
export interface Yardsticks {
  readonly rate: readonly Turn[];
  readonly cpu: readonly Turn[];
}

/** Ratios are taken turn by turn, so that what slows the whole machine for a while slows both sides of each. */
export function rowOf(group: Group, server: RowName, turns: readonly Turn[], yardsticks: Yardsticks): Row {
  const middle = (figure: keyof Turn) => spread(turns.map((turn) => turn[figure])).median;
  const ratio = (figure: keyof Turn, to: readonly Turn[]) =>
    spread(turns.map((turn, index) => turn[figure] / to[index]![figure]));
  return {
    bids: group.bids,
    threads: group.threads,
    server,
    turns: turns.length,
    roundsPerSecond: middle('roundsPerSecond'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    p999Ms: middle('p999Ms'),
    cpuMicrosPerRound: middle('cpuMicrosPerRound'),
    mainBusy: middle('mainBusy'),
    loadBusy: middle('loadBusy'),
    rateRatio: ratio('roundsPerSecond', yardsticks.rate),
    cpuRatio: ratio('cpuMicrosPerRound', yardsticks.cpu),
  };
}

function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}
