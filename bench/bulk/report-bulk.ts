import { median } from '../policies/measure-policies.js';
import type { Verdict } from '../report/reaches.js';
import type { BulkFigures, BulkTurn } from './measure-bulk.js';

const RATE_MIN = 1.5;

/** The figures as text. */
export function formatBulk({ single, stream }: BulkFigures): string {
  return [
    `bulk, 20 bids, 1 thread (turns: ${single.length})`,
    `  single posts ${formatTurns(single)}`,
    `  one stream   ${formatTurns(stream)}`,
    '',
  ].join('\n');
}

/** Ratios are taken turn by turn, so that what slows the machine for a while slows both sides. */
export function judgeBulk({ single, stream }: BulkFigures): readonly Verdict[] {
  const ratios = stream.map((turn, at) => turn.roundsPerSecond / single[at]!.roundsPerSecond);
  const figure = { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
  return [
    {
      row: 'bulk, 20 bids',
      says: 'times the rounds/s of single posts',
      bound: 'at least',
      limit: RATE_MIN,
      figure,
      reached: figure.median >= RATE_MIN,
    },
  ];
}

function formatTurns(turns: readonly BulkTurn[]): string {
  const middle = (figure: keyof BulkTurn) => median(turns.map((turn) => turn[figure]));
  const rate = middle('roundsPerSecond').toFixed(0).padStart(6);
  const cpu = middle('cpuMicrosPerRound').toFixed(0).padStart(4);
  return `${rate} rounds/s ${cpu} CPU µs/round, main busy ${middle('mainBusy').toFixed(2)}`;
}
