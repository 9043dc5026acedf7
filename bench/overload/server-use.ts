import type { ServerReading } from './watch-server.js';
import type { Span } from './phases.js';

/** Resident memory of the server in one phase. */
export interface MemoryUse {
  readonly startBytes: number;
  readonly endBytes: number;
  readonly maxBytes: number;
}

/** The span counts from `startedAtMs`. */
export function memoryIn(readings: readonly ServerReading[], startedAtMs: number, span: Span): MemoryUse {
  const bytes = within(readings, startedAtMs, span).map((reading) => reading.bytes);
  const quarter = Math.ceil(bytes.length / 4);
  return {
    startBytes: middleOf(bytes.slice(0, quarter)),
    endBytes: middleOf(bytes.slice(-quarter)),
    maxBytes: Math.max(...bytes),
  };
}

/** Cores that everybody but the server was using. */
export function cpuElsewhere(readings: readonly ServerReading[], startedAtMs: number, span: Span): number {
  const inside = within(readings, startedAtMs, span);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) return Number.NaN;
  return (last.elsewhereMs - first.elsewhereMs) / (last.atMs - first.atMs);
}

function within(
  readings: readonly ServerReading[],
  startedAtMs: number,
  { fromMs, toMs }: Span,
): readonly ServerReading[] {
  return readings.filter(({ atMs }) => atMs - startedAtMs >= fromMs && atMs - startedAtMs < toMs);
}

/** Of a quarter of the readings, because a single one tells where the garbage collector stood. */
function middleOf(bytes: readonly number[]): number {
  return bytes.toSorted((a, b) => a - b)[Math.floor((bytes.length - 1) / 2)] ?? Number.NaN;
}
