import { RETENTIONS } from '../src/trail/retention.js';
import { PATIENT_MS, TIE_KEY_HEX } from './clearing.js';
import type { RoundSet } from './generate-rounds.js';
import type { ServerCommand } from './launch-server.js';

/** Rounds of one size, sent in turn to every server. Only what was measured within one group is compared. */
export interface Group {
  readonly bids: number;
  readonly threads: number;
  readonly turns: number;
  readonly rows: readonly RowName[];
}

export const BARE_ROUTE = 'bare route';
export const MAIN_THREAD = 'main thread';
export const TASK_PER_REQUEST = 'task per request';
/** The engine's rows are named by what its trail keeps. */
const ENGINE_ROWS = ['off', 'digest', 'full'] as const satisfies readonly (typeof RETENTIONS)[number][];

const ROWS = [BARE_ROUTE, MAIN_THREAD, TASK_PER_REQUEST, ...ENGINE_ROWS] as const;
export type RowName = (typeof ROWS)[number];

/** What every ratio stands on, so that no choice of rows leaves it out. */
const ALWAYS: ReadonlySet<RowName> = new Set([BARE_ROUTE, TASK_PER_REQUEST]);

const TURNS_WITH_REACH = 5;
const TURNS = 3;

/** All groups, the ones with a reach first. */
export function planGroups(cores: number): readonly Group[] {
  const group = (bids: number, threads: number, turns = TURNS): Group => ({
    bids,
    threads,
    turns,
    rows: ROWS,
  });
  const many = threadCounts(cores);
  return [
    group(20, 1, TURNS_WITH_REACH),
    group(100, 1, TURNS_WITH_REACH),
    ...many.map((threads) => group(20, threads)),
    group(5, 1),
    ...many.slice(-1).flatMap((threads) => [group(5, threads), group(100, threads)]),
  ];
}

/** 2, 4, 8 and so on below the cores, and the cores themselves. */
function threadCounts(cores: number): readonly number[] {
  const counts: number[] = [];
  for (let threads = 2; threads < cores; threads *= 2) counts.push(threads);
  return cores > 1 ? [...counts, cores] : counts;
}

/** The groups that have a row whose name holds `text`, with such rows and what they are compared with. */
export function onlyMatching(groups: readonly Group[], text: string): readonly Group[] {
  return groups.flatMap((group) => {
    const matching = group.rows.filter((row) => rowTitle(group, row).includes(text));
    if (matching.length === 0) return [];
    return [{ ...group, rows: group.rows.filter((row) => matching.includes(row) || ALWAYS.has(row)) }];
  });
}

export function groupTitle({ bids, threads }: Pick<Group, 'bids' | 'threads'>): string {
  return `${bids} bids, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

export function rowTitle(group: Pick<Group, 'bids' | 'threads'>, row: RowName): string {
  return `${groupTitle(group)}, ${row}`;
}

/** How the server of a row is started. */
export function serverOf(row: RowName, group: Group, rounds: RoundSet): ServerCommand {
  const baseline = (file: string, ...args: string[]): ServerCommand => ({
    name: rowTitle(group, row),
    script: `bench/baselines/${file}.js`,
    args,
    options: {},
  });
  switch (row) {
    case BARE_ROUTE:
      return baseline('bare-route', constantOf(rounds));
    case MAIN_THREAD:
      return baseline('main-thread');
    case TASK_PER_REQUEST:
      return baseline('task-per-request', String(group.threads));
    case 'off':
    case 'digest':
    case 'full':
      return {
        name: rowTitle(group, row),
        script: 'src/cli/main.js',
        args: ['serve'],
        options: {
          PARLEY_PORT: '0',
          PARLEY_THREADS: String(group.threads),
          PARLEY_RETENTION: row,
          PARLEY_QUEUE_MS_MAX: PATIENT_MS,
          PARLEY_TIE_KEY: TIE_KEY_HEX,
        },
      };
  }
}

/** The answers a row owes: the engine's own, or on the bare route one of middle length over and over. */
export function answersOf(row: RowName, rounds: RoundSet): readonly string[] {
  return row === BARE_ROUTE ? rounds.answers.map(() => constantOf(rounds)) : rounds.answers;
}

function constantOf({ answers }: RoundSet): string {
  return answers.toSorted((a, b) => a.length - b.length)[Math.floor(answers.length / 2)]!;
}
