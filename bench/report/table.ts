import type { Row } from './figures.js';
import { middleOf, type Verdict } from './reaches.js';
import { groupTitle } from '../scenarios.js';

interface Column {
  readonly head: string;
  readonly cell: (row: Row) => string;
}

const COLUMNS: readonly Column[] = [
  { head: 'server', cell: (row) => row.server.padEnd(16) },
  { head: 'rounds/s', cell: (row) => row.roundsPerSecond.toFixed(0) },
  { head: 'p50 ms', cell: (row) => row.p50Ms.toFixed(1) },
  { head: 'p99 ms', cell: (row) => row.p99Ms.toFixed(1) },
  { head: 'p99.9 ms', cell: (row) => row.p999Ms.toFixed(1) },
  { head: 'CPU µs/round', cell: (row) => row.cpuMicrosPerRound.toFixed(0) },
  { head: 'main busy', cell: (row) => row.mainBusy.toFixed(2) },
  { head: 'load busy', cell: (row) => row.loadBusy.toFixed(2) },
  { head: 'rate / task per request', cell: (row) => row.rateRatio.median.toFixed(2) },
  { head: 'CPU / bare route', cell: (row) => row.cpuRatio.median.toFixed(2) },
];

/** The rows of one group as text. */
export function formatGroup(rows: readonly Row[]): string {
  const cells = [COLUMNS.map(({ head }) => head), ...rows.map((row) => COLUMNS.map(({ cell }) => cell(row)))];
  const widths = COLUMNS.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  const lines = cells.map((line) => line.map((cell, at) => padded(cell, at, widths[at]!)).join('  '));
  return `${groupTitle(rows[0]!)} (turns: ${rows[0]!.turns})\n${lines.join('\n')}\n`;
}

function padded(cell: string, at: number, width: number): string {
  return at === 0 ? cell.padEnd(width) : cell.padStart(width);
}

export function formatVerdict({ row, says, bound, limit, figure, reached }: Verdict): string {
  if (figure === undefined) return `not measured  ${row}: ${bound} ${limit} ${says}`;
  const range =
    typeof figure === 'number' ? '' : ` (turns ${figure.min.toFixed(2)} to ${figure.max.toFixed(2)})`;
  const word = (reached === true ? 'reached' : 'missed').padEnd(12);
  return `${word}  ${row}: ${middleOf(figure).toFixed(2)}${range} ${says}; meant is ${bound} ${limit}`;
}
