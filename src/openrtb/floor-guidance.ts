import { PRICE_MAX, toMicros } from '../base/money.js';
import type { DurationFloorRow } from '../schema/openrtb/bid-request.js';
import { convertUp, type Ratio } from './exchange-rates.js';

/** What an offer or a deal says of floors, as it stands in the request. */
export interface FloorGuidance {
  readonly mincpmpersec?: number | null | undefined;
  readonly durfloors?: readonly DurationFloorRow[] | null | undefined;
}

/** A floor that depends on the duration of the creative, in micros of the auction's currency. */
export interface DurationFloor {
  /** Undefined where nothing is said of this duration. */
  readonly ofMicros: (seconds: number) => number | undefined;
  /** For a bid that does not say its duration: the highest that some duration could have. */
  readonly highestMicros: number;
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

/** Undefined when nothing is said of durations at all. `longest` is the longest duration that is admitted. */
export function durationFloor(
  guidance: FloorGuidance,
  longest: number | undefined,
  ratio: Ratio,
): DurationFloor | undefined {
  const rows = (guidance.durfloors ?? []).map((row) => rowOf(row, ratio));
  const perSecondMicros = toMicros(guidance.mincpmpersec ?? 0);
  // Converted once, behind the product: a rounding for every second would add up.
  const perDuration = (seconds: number) =>
    Math.min(convertUp(perSecondMicros * seconds, ratio), HIGHEST_MICROS);
  if (rows.length === 0 && perSecondMicros === 0) return undefined;
  const highestRow = rows.reduce((most, { floorMicros }) => Math.max(most, floorMicros), 0);
  return {
    ofMicros: (seconds) =>
      highestCovering(rows, seconds) ?? (perSecondMicros === 0 ? undefined : perDuration(seconds)),
    highestMicros: Math.max(highestRow, perDuration(longest ?? 0)),
  };
}

function rowOf({ mindur, maxdur, bidfloor }: DurationFloorRow, ratio: Ratio): Row {
  return {
    from: mindur ?? 0,
    to: maxdur ?? Infinity,
    floorMicros: floorMicros(bidfloor, ratio),
  };
}

/** Ranges may overlap; then the highest floor of them holds. */
function highestCovering(rows: readonly Row[], seconds: number): number | undefined {
  const covering = rows.filter(({ from, to }) => from <= seconds && seconds <= to);
  return covering.length === 0 ? undefined : Math.max(...covering.map(({ floorMicros }) => floorMicros));
}
