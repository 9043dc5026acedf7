import type { Row, Spread } from './figures.js';
import { type RowName, rowTitle } from '../scenarios.js';

/** A figure the engine means to reach with one worker thread. */
interface Reach {
  readonly bids: number;
  readonly server: RowName;
  readonly says: string;
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
  readonly figureOf: (row: Row) => Spread | number;
}

export interface Verdict {
  readonly row: string;
  readonly says: string;
  readonly bound: Reach['bound'];
  readonly limit: number;
  /** Undefined when the row was not measured. */
  readonly figure: Spread | number | undefined;
  readonly reached: boolean | undefined;
}

const REACHES: readonly Reach[] = [
  rate(20, 'off', 2),
  cpu(20, 'off', 1.3),
  mainBusy(20, 'off'),
  rate(20, 'full', 1.5),
  cpu(20, 'full', 1.6),
  mainBusy(20, 'full'),
  rate(100, 'full', 3),
  mainBusy(100, 'full'),
];

export function judge(rows: readonly Row[]): readonly Verdict[] {
  return REACHES.map(({ bids, server, says, bound, limit, figureOf }) => {
    const row = rows.find((each) => each.bids === bids && each.threads === 1 && each.server === server);
    const figure = row === undefined ? undefined : figureOf(row);
    const reached = figure === undefined ? undefined : holds(middleOf(figure), bound, limit);
    return { row: rowTitle({ bids, threads: 1 }, server), says, bound, limit, figure, reached };
  });
}

export function middleOf(figure: Spread | number): number {
  return typeof figure === 'number' ? figure : figure.median;
}

export function holds(figure: number, bound: Reach['bound'], limit: number): boolean {
  return bound === 'at least' ? figure >= limit : figure <= limit;
}

function rate(bids: number, server: RowName, limit: number): Reach {
  const says = 'times the rounds/s of one task per request';
  return { bids, server, says, bound: 'at least', limit, figureOf: (row) => row.rateRatio };
}

function cpu(bids: number, server: RowName, limit: number): Reach {
  const says = 'times the CPU per round of the bare route';
  return { bids, server, says, bound: 'at most', limit, figureOf: (row) => row.cpuRatio };
}

function mainBusy(bids: number, server: RowName): Reach {
  const says = 'of the time the main thread is busy';
  return { bids, server, says, bound: 'at most', limit: 0.6, figureOf: (row) => row.mainBusy };
}
