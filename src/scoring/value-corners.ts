import { toMicros } from '../base/money.js';
import type { ValueFunction } from '../schema/profile.js';
import { NANOS_PER_MICRO, NANOS_PER_UNIT } from './units.js';

/** A corner of a value function: an input in micros, and its value from 0 to 1 in nanos. */
export interface Corner {
  readonly input: number;
  readonly value: number;
}

const WORST = 0;
const BEST = NANOS_PER_UNIT;

/** A logarithm becomes this many straight pieces, which miss it by less than 0.0002 of its whole rise. */
const LOG_PIECES = 256;

/** The corners of a checked value function, by rising input. */
export function valueCorners(value: ValueFunction): readonly Corner[] {
  const { linear, log, step, table, target } = value;
  if (linear !== undefined) return ramp(inputMicros(linear.from), inputMicros(linear.to));
  if (log !== undefined) return logCorners(log.from, log.to);
  if (step !== undefined) return jump(inputMicros(step.at), step.below ?? 0, step.above ?? 1);
  if (target !== undefined) return band(target);
  return table === undefined ? [] : tableCorners(table);
}

/** Bounds of a profile may be prices or attributes; the schema has bounded them, so nothing is clamped here. */
export function inputMicros(decimal: number): number {
  return decimal < 0 ? 0 - toMicros(-decimal) : toMicros(decimal);
}

/** Worst at `worst`, best at `best`, straight between, whichever is the higher. */
function ramp(worst: number, best: number): Corner[] {
  const corners = [
    { input: worst, value: WORST },
    { input: best, value: BEST },
  ];
  return worst < best ? corners : corners.reverse();
}

function jump(at: number, below: number, above: number): Corner[] {
  return [
    { input: at, value: fractionNanos(below) },
    { input: at, value: fractionNanos(above) },
  ];
}

function band({ low, high, tolerance }: NonNullable<ValueFunction['target']>): Corner[] {
  const [lowest, highest, width] = [inputMicros(low), inputMicros(high), inputMicros(tolerance)];
  return [
    { input: lowest - width, value: WORST },
    { input: lowest, value: BEST },
    { input: highest, value: BEST },
    // At the edge itself a band without tolerance still holds, so it drops one micro later.
    { input: highest + Math.max(width, 1), value: WORST },
  ];
}

function tableCorners({ points, between }: NonNullable<ValueFunction['table']>): Corner[] {
  const corners = points.map(([input, value]) => ({
    input: inputMicros(input!),
    value: fractionNanos(value!),
  }));
  if (between !== 'steps') return corners;
  return corners.flatMap((corner, index) =>
    index === 0 ? [corner] : [{ input: corner.input, value: corners[index - 1]!.value }, corner],
  );
}

/**
 * The only use of Math.log and Math.pow, whose last digits may differ between engines: what they give is stored with
 * the version, and nobody computes it again.
 */
function logCorners(from: number, to: number): Corner[] {
  const [worst, best] = [inputMicros(from), inputMicros(to)];
  const [low, high] = [Math.min(worst, best), Math.max(worst, best)];
  const inputs = new Set<number>();
  for (let piece = 1; piece < LOG_PIECES; piece++) {
    inputs.add(Math.round(low * Math.pow(high / low, piece / LOG_PIECES)));
  }
  const range = Math.log(best / worst);
  const inner = [...inputs].filter((input) => input > low && input < high);
  const [first, last] = ramp(worst, best);
  const corners = inner.map((input) => ({
    input,
    value: Math.round((Math.log(input / worst) / range) * BEST),
  }));
  return [first!, ...corners, last!];
}

function fractionNanos(fraction: number): number {
  return toMicros(fraction) * NANOS_PER_MICRO;
}
