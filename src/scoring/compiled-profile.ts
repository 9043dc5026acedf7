/**
 * A profile as it is stored with its version: plain JSON, integers only. Inputs are micros (1e-6 of a unit of price or
 * attribute), utilities are nanos (1e-9 of a unit of utility) with the weight already in them.
 */
export interface CompiledProfile {
  /** Counts up when the meaning of the tables changes, so that old versions keep theirs. */
  readonly tables: 1;
  readonly price?: CompiledTerm;
  /** Sorted by name. */
  readonly attributes: readonly CompiledAttribute[];
  /** Its contributions are zero or less; the weight is minus lambda. */
  readonly risk?: CompiledAttribute;
}

export interface CompiledTerm {
  readonly weightNanos: number;
  readonly table: Polyline;
}

export interface CompiledAttribute extends CompiledTerm {
  readonly name: string;
  /** The contribution of a bid that lacks the attribute; null: such a bid is refused. */
  readonly missingNanos: number | null;
}

/**
 * Corners of a line that is level outside them. Two corners at one input are a jump, and the second one counts there.
 *
 *     nanos            ┌────────   inputs  [0, 40, 60, 60]
 *                      │           nanos   [0, 20, 20, 50]
 *              ╱───────┘
 *     ────────╱
 *             0   40   60  micros
 *
 * Between two corners an input is read in at most 2^25 steps, each the smallest power of two of micros that suffices,
 * and the line is rounded down to a whole nano. That keeps each product below 2^53.
 */
export interface Polyline {
  readonly inputs: readonly number[];
  readonly nanos: readonly number[];
}

export const STEPS_MAX = 2 ** 25;

/** What a bid declares: one row of values in the order of a layout; NaN where it declares nothing, 1 true, 0 false. */
export interface Attributes {
  readonly layout: readonly string[];
  readonly values: Float64Array;
}

/** The attributes a profile reads, each once, sorted: what a layout has to hold. */
export function attributeNames(profile: CompiledProfile): readonly string[] {
  const names = new Set(profile.attributes.map(({ name }) => name));
  if (profile.risk !== undefined) names.add(profile.risk.name);
  return [...names].sort(byCodeUnits);
}

/** The order of names everywhere: by code units, which no locale changes. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
