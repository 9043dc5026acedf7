import { PRICE_MAX, toMicros } from '../base/money.js';
import type { DurationFloorRow } from '../schema/openrtb/bid-request.js';
import type { Durations } from './durations.js';
import { convertProductUp, convertUp, type Ratio } from './exchange-rates.js';

/** What an offer or a deal says of floors, as it stands in the request. */
export interface FloorGuidance {
  readonly bidfloor?: number | null | undefined;
  readonly mincpmpersec?: number | null | undefined;
  readonly durfloors?: readonly DurationFloorRow[] | null | undefined;
}

/** What a floor that depends on the duration stands on. */
export interface FloorSetting {
  /** Where nothing is said of a duration. */
  readonly otherwiseMicros: number;
  /** The durations that may come; a bid has one of any of them. */
  readonly durations: readonly Durations[];
  /** From the currency of the guidance to that of the auction. */
  readonly ratio: Ratio;
}

/** A floor that depends on the duration of the creative, in micros of the auction's currency. */
export interface DurationFloor {
  readonly ofMicros: (seconds: number) => number;
  /** For a bid that does not say its duration: the highest that an admitted duration has. */
  readonly highestMicros: () => number;
}

interface Row {
  readonly from: number;
  readonly to: number;
  readonly floorMicros: number;
}

const HIGHEST_MICROS = toMicros(PRICE_MAX);

/** A floor of the request in the currency of the auction; past the highest price there is nothing to tell apart. */
export function floorMicros(floor: number | null | undefined, ratio: Ratio): number {
  return Math.min(convertUp(toMicros(floor ?? 0), ratio), HIGHEST_MICROS);
}

/** Whether there is an amount in it, and so a currency that matters. */
export function saysFloor(guidance: FloorGuidance | null | undefined): boolean {
  const { bidfloor, mincpmpersec, durfloors } = guidance ?? {};
  return (bidfloor ?? 0) > 0 || (mincpmpersec ?? 0) > 0 || (durfloors ?? []).length > 0;
}

/** Undefined when nothing is said of durations at all. */
export function durationFloor(guidance: FloorGuidance, setting: FloorSetting): DurationFloor | undefined {
  const { otherwiseMicros, durations, ratio } = setting;
  const rows = (guidance.durfloors ?? []).map((row) => rowOf(row, ratio));
  const perSecondMicros = toMicros(guidance.mincpmpersec ?? 0);
  if (rows.length === 0 && perSecondMicros === 0) return undefined;
  const ofMicros = (seconds: number): number => {
    const covered = highestCovering(rows, seconds);
    if (covered !== undefined || perSecondMicros === 0) return covered ?? otherwiseMicros;
    return Math.min(convertProductUp(perSecondMicros, seconds, ratio), HIGHEST_MICROS);
  };
  let highest: number | undefined;
  const highestMicros = () => (highest ??= highestOf(ofMicros, rows, durations, otherwiseMicros));
  return { ofMicros, highestMicros };
}

function rowOf({ mindur, maxdur, bidfloor }: DurationFloorRow, ratio: Ratio): Row {
  return { from: mindur ?? 0, to: maxdur ?? Infinity, floorMicros: floorMicros(bidfloor, ratio) };
}

/** Ranges may overlap; then the highest floor of them holds. */
function highestCovering(rows: readonly Row[], seconds: number): number | undefined {
  let highest: number | undefined;
  for (const { from, to, floorMicros: floor } of rows) {
    if (from <= seconds && seconds <= to && (highest === undefined || floor > highest)) highest = floor;
  }
  return highest;
}

/** Between the edges of rows and durations a floor is level or rises, so that it is highest at one of them. */
function highestOf(
  ofMicros: (seconds: number) => number,
  rows: readonly Row[],
  durations: readonly Durations[],
  otherwiseMicros: number,
): number {
  const edges = rows.flatMap(({ from, to }) => [from - 1, from, to, to + 1]);
  const tried = new Set([...edges, ...durations.flatMap((each) => each.edges)]);
  const admitted = [...tried].filter(
    (seconds) => seconds > 0 && durations.some(({ admits }) => admits(seconds)),
  );
  return admitted.length === 0 ? otherwiseMicros : Math.max(...admitted.map(ofMicros));
}
