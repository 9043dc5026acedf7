/** How far a run is. */
export interface Progress {
  /** How much of all there is, from 0 to 1; undefined when nobody knows where it ends. */
  readonly share: number | undefined;
  readonly bytes: number;
  readonly count: number;
  /** What is counted: rounds, blocks. */
  readonly unit: string;
  /** What became of them, for the totals. */
  readonly outcome?: string;
  readonly elapsedMs: number;
}

/** The share of an input that is read from its first byte to its last. */
export function shareOf(bytes: number, bytesTotal: number | undefined): number | undefined {
  if (bytesTotal === undefined) return undefined;
  return bytesTotal === 0 ? 1 : Math.min(1, bytes / bytesTotal);
}

const BAR_WIDTH_MAX = 40;
const BAR_WIDTH_MIN = 5;
const COUNT = new Intl.NumberFormat('en-US');
const MEGABYTE = 1e6;

/** One line that is never wider than the terminal: what does not fit is left out, the least important first. */
export function progressLine(progress: Progress, columns: number): string {
  const { share, bytes, count, unit, elapsedMs } = progress;
  const counts = `${COUNT.format(count)} ${unit}  ${perSecond(count, elapsedMs)}/s`;
  // The last column stays free: a line that fills it makes some terminals begin another.
  const width = columns - 1;
  if (share === undefined) {
    return firstThatFits([`${counts}  ${(bytes / MEGABYTE).toFixed(1)} MB`, counts], width);
  }
  const percent = `${String(Math.floor(100 * share)).padStart(3)}%`;
  const full = `${percent}  ${counts}  ${remaining(share, elapsedMs)} left`;
  const barWidth = Math.min(BAR_WIDTH_MAX, width - full.length - ' []'.length);
  const withBar = `${percent} [${bar(share, barWidth)}]${full.slice(percent.length)}`;
  const lines = [full, `${percent}  ${counts}`, percent.trim()];
  return firstThatFits(barWidth < BAR_WIDTH_MIN ? lines : [withBar, ...lines], width);
}

/** What stands when all is done. */
export function totalsLine({ count, unit, outcome, elapsedMs }: Progress): string {
  const counted = `${COUNT.format(count)} ${unit}${outcome === undefined ? '' : `: ${outcome}`}`;
  return `${counted}, ${(elapsedMs / 1000).toFixed(1)} s, ${perSecond(count, elapsedMs)} ${unit}/s`;
}

function firstThatFits(lines: readonly string[], width: number): string {
  return lines.find((line) => line.length <= width) ?? '';
}

function bar(share: number, width: number): string {
  return '#'.repeat(Math.floor(share * Math.max(0, width))).padEnd(width, '.');
}

function perSecond(rounds: number, elapsedMs: number): string {
  return elapsedMs === 0 ? '-' : COUNT.format(Math.round((1000 * rounds) / elapsedMs));
}

/** As long again for each share as the shares so far took; unknown before there is one. */
function remaining(share: number, elapsedMs: number): string {
  if (share === 0) return '--:--';
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = [...(hours === 0 ? [] : [hours]), minutes, seconds % 60];
  return clock.map((part) => String(part).padStart(2, '0')).join(':');
}
