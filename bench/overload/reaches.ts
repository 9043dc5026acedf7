import { holds, type Verdict } from '../report/reaches.js';
import type { LoadRow, OverloadFigures } from './measure.js';
import { HIGH, LOW } from './plan.js';

/** A rate counts as offered when no more than this is missing. */
const OFFERED_SHARE_MIN = 0.98;
/** More goodput than this cannot be noise of the peak. */
const PEAK_TOLERANCE = 1.1;
/** The kernel and a quiet machine need some of this. */
const OTHERS_CPU_MAX = 0.25;
const ROW = 'overload';

/** What the engine means to reach when it is offered more than it can do. */
export function judgeOverload(figures: OverloadFigures): readonly Verdict[] {
  const low = rowAt(figures, LOW);
  const high = rowAt(figures, HIGH);
  return [
    verdict(
      'of the peak is the goodput at twice the peak',
      'at least',
      0.9,
      high.goodputPerSecond / figures.peakPerSecond,
    ),
    verdict(
      'times the p99 of accepted rounds at 0.7 is that at twice the peak',
      'at most',
      3,
      high.accepted.p99Ms / low.accepted.p99Ms,
    ),
    verdict('ms is the p99 of refusals at twice the peak', 'at most', 10, high.refused.p99Ms),
    verdict(
      'times the memory at its begin is used at the end of twice the peak',
      'at most',
      1.1,
      high.endBytes / high.startBytes,
    ),
    verdict('s after the drop the engine is at full speed', 'at most', 1, figures.recoverySeconds),
  ];
}

/** What makes the figures of a run doubtful, in plain words. */
export function doubts(figures: OverloadFigures): readonly string[] {
  return [...busyMachine(figures), ...shortOffers(figures), ...movingPeak(figures)];
}

function busyMachine({ rows }: OverloadFigures): readonly string[] {
  const most = Math.max(...rows.map(({ othersCpu }) => othersCpu));
  if (most <= OTHERS_CPU_MAX) return [];
  return [
    `Others on the machine used up to ${most.toFixed(2)} cores meanwhile: these figures are not the engine's alone.`,
  ];
}

function shortOffers({ rows, peakPerSecond }: OverloadFigures): readonly string[] {
  const short = rows.filter(
    ({ askedPerSecond, offeredPerSecond }) => offeredPerSecond < OFFERED_SHARE_MIN * askedPerSecond,
  );
  return short.map(
    ({ load, offeredPerSecond }) =>
      `The generator could not offer ${load} times the peak on this machine: ` +
      `it reached ${(offeredPerSecond / peakPerSecond).toFixed(2)} times, and that is judged.`,
  );
}

/** Other work on the machine slows the search for the peak as it slows everything. */
function movingPeak({ rows, peakPerSecond }: OverloadFigures): readonly string[] {
  const best = Math.max(...rows.map(({ goodputPerSecond }) => goodputPerSecond));
  if (best <= PEAK_TOLERANCE * peakPerSecond) return [];
  return [
    `A phase had ${(best / peakPerSecond).toFixed(2)} times the goodput of the peak: the machine was slower before, ` +
      'and the loads are not what they are called. Run it again on a quiet machine.',
  ];
}

function rowAt({ rows }: OverloadFigures, load: number): LoadRow {
  return rows.find((row) => row.load === load)!;
}

/**
 * A figure that does not exist, such as the time of refusals when nothing was refused, is not judged; full speed that
 * never came back is.
 */
function verdict(says: string, bound: Verdict['bound'], limit: number, value: number): Verdict {
  const figure = Number.isNaN(value) ? undefined : value;
  const reached = figure === undefined ? undefined : holds(figure, bound, limit);
  return { row: ROW, says, bound, limit, figure, reached };
}
