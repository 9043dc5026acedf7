import type { ValueFunction } from '../../src/schema/profile.js';
import { highest, microsOf } from './naive-money.js';

/** Value functions drawn as lines over an input in micros; heights are in nanos, billionths. */

export interface Corner {
  input: bigint;
  nanos: bigint;
}

export const ONE_NANOS = 1_000_000_000n;

/** The corners of a value function with the weight in them, rounded down to whole nanos. */
export function weighedLine(value: ValueFunction, weightNanos: bigint): Corner[] {
  return cornersOf(value).map(({ input, nanos }) => ({
    input,
    nanos: divideDown(nanos * weightNanos, ONE_NANOS),
  }));
}

/** The height of a line: level outside its corners, straight between two of them, rounded down. */
export function heightAt(line: Corner[], input: bigint): bigint {
  const reached = line.filter((corner) => corner.input <= input);
  const before = reached.at(-1);
  const after = line[reached.length];
  if (before === undefined || after === undefined) return (before ?? after)!.nanos;
  const [rise, length] = [after.nanos - before.nanos, after.input - before.input];
  demandExact(rise, length);
  return before.nanos + divideDown(rise * (input - before.input), length);
}

export function signedMicrosOf(amount: number): bigint {
  return amount < 0 ? -microsOf(-amount) : microsOf(amount);
}

export function divideDown(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  return numerator % denominator < 0n ? whole - 1n : whole;
}

function cornersOf({ linear, step, table, target }: ValueFunction): Corner[] {
  if (linear !== undefined) {
    return [corner(linear.from, 0), corner(linear.to, 1)].sort((a, b) => Number(a.input - b.input));
  }
  if (step !== undefined) return [corner(step.at, step.below ?? 0), corner(step.at, step.above ?? 1)];
  if (table !== undefined) return tableCorners(table.points as [number, number][], table.between);
  if (target === undefined) throw new Error('logarithms are approximated, so they have tests of their own');
  const [low, high, width] = [target.low, target.high, target.tolerance].map(signedMicrosOf);
  return [
    { input: low! - width!, nanos: 0n },
    { input: low!, nanos: ONE_NANOS },
    { input: high!, nanos: ONE_NANOS },
    // Without a tolerance the edge itself still counts, and nothing after it.
    { input: high! + highest([width!, 1n]), nanos: 0n },
  ];
}

function tableCorners(points: [number, number][], between = 'linear'): Corner[] {
  return points.flatMap(([input, value], index) => {
    const before = points[index - 1];
    const isJump = between === 'steps' && before !== undefined;
    return isJump ? [corner(input, before[1]), corner(input, value)] : [corner(input, value)];
  });
}

function corner(input: number, value: number): Corner {
  return { input: signedMicrosOf(input), nanos: microsOf(value) * 1000n };
}

/** The engine cuts a piece longer than 2^25 micros, which shows where the line does not rise by whole nanos. */
function demandExact(rise: bigint, length: bigint): void {
  if (length > 2n ** 25n && rise % length !== 0n) throw new Error('the twin reads no piece this long');
}
