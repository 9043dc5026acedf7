import type { MemoryReading } from './watch-memory.js';
import type { Span } from './phases.js';

/** Resident memory of the server in one phase. */
export interface MemoryUse {
  readonly startBytes: number;
  readonly endBytes: number;
  readonly maxBytes: number;
}

/** The span counts from `startedAtMs`. */
export function memoryIn(
  readings: readonly MemoryReading[],
  startedAtMs: number,
  { fromMs, toMs }: Span,
): MemoryUse {
  const bytes = readings
    .filter(({ atMs }) => atMs - startedAtMs >= fromMs && atMs - startedAtMs < toMs)
    .map((reading) => reading.bytes);
  const quarter = Math.ceil(bytes.length / 4);
  return {
    startBytes: middleOf(bytes.slice(0, quarter)),
    endBytes: middleOf(bytes.slice(-quarter)),
    maxBytes: Math.max(...bytes),
  };
}

/** Of a quarter of the readings, because a single one tells where the garbage collector stood. */
function middleOf(bytes: readonly number[]): number {
  return bytes.toSorted((a, b) => a - b)[Math.floor((bytes.length - 1) / 2)] ?? Number.NaN;
}
