import type { Latencies } from './phases.js';
import type { LoadRow, OverloadFigures } from './measure.js';

const MIB = 1_048_576;
const BINS_SHOWN = 12;

/** The figures of a run as text. */
export function formatOverload(figures: OverloadFigures): string {
  const { peaksPerSecond, peakPerSecond, rows, sharesAfterDrop, recoverySeconds } = figures;
  const cells = [HEADS, ...rows.map(cellsOf)];
  const widths = HEADS.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  const lines = cells.map((line) => line.map((cell, at) => cell.padStart(widths[at]!)).join('  '));
  const shares = sharesAfterDrop.slice(0, BINS_SHOWN).map((share) => (100 * share).toFixed(0));
  return [
    `peak ${peakPerSecond.toFixed(0)} rounds/s (turns ${peaksPerSecond.map((peak) => peak.toFixed(0)).join(', ')})`,
    '',
    ...lines,
    '',
    ...rows.map(refusalsOf),
    `after the drop: at full speed after ${recoverySeconds.toFixed(1)} s; % answered with 200 in each tenth of a second: ${shares.join(' ')}`,
  ].join('\n');
}

const HEADS = [
  'load',
  'asked/s',
  'offered/s',
  'goodput/s',
  'refused/s',
  'accepted p50/p99/p99.9 ms',
  'refused p50/p99/p99.9 ms',
  'RSS start/end/max MiB',
  'generator CPU',
  'others CPU',
];

function cellsOf(row: LoadRow): readonly string[] {
  const refused = Object.values(row.refusedPerSecond).reduce((total, rate) => total + rate, 0);
  return [
    String(row.load),
    row.askedPerSecond.toFixed(0),
    row.offeredPerSecond.toFixed(0),
    row.goodputPerSecond.toFixed(0),
    refused.toFixed(0),
    latencies(row.accepted),
    latencies(row.refused),
    [row.startBytes, row.endBytes, row.maxBytes].map((bytes) => (bytes / MIB).toFixed(0)).join(' / '),
    row.generatorCpu.toFixed(2),
    row.othersCpu.toFixed(2),
  ];
}

function latencies({ p50Ms, p99Ms, p999Ms }: Latencies): string {
  return Number.isNaN(p50Ms) ? '-' : [p50Ms, p99Ms, p999Ms].map((ms) => ms.toFixed(1)).join(' / ');
}

function refusalsOf({ load, refusedPerSecond }: LoadRow): string {
  const parts = Object.entries(refusedPerSecond).map(([code, rate]) => `${code} ${rate.toFixed(1)}/s`);
  return `refused at ${load}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}
