import { type Polyline, STEPS_MAX } from './compiled-profile.js';
import { divideRoundingDown, NANOS_PER_UNIT } from './units.js';
import type { Corner } from './value-corners.js';

/** How many parts the pieces of one line may be cut into altogether, beyond one each. */
const PARTS_MAX = 256;

/** The corners of a value function with the weight in them, cut so finely that reading them stays exact. */
export function weighedPolyline(corners: readonly Corner[], weightNanos: number): Polyline {
  const weighed = corners.map(({ input, value }) => ({ input, value: weigh(value, weightNanos) }));
  const partsMax = Math.max(1, Math.floor(PARTS_MAX / weighed.length));
  const cut = weighed.flatMap((corner, index) => {
    const next = weighed[index + 1];
    return next === undefined ? [corner] : parts(corner, next, partsMax);
  });
  return { inputs: cut.map(({ input }) => input), nanos: cut.map(({ value }) => value) };
}

/** Whether the line never falls, which is what a price needs. */
export function neverFalls({ nanos }: Polyline): boolean {
  return nanos.every((value, index) => index === 0 || nanos[index - 1]! <= value);
}

function weigh(value: number, weightNanos: number): number {
  return Number(divideRoundingDown(BigInt(value) * BigInt(weightNanos), BigInt(NANOS_PER_UNIT)));
}

/** The corner `start`, and the places between it and `end` where a piece longer than its steps is cut. */
function parts(start: Corner, end: Corner, partsMax: number): Corner[] {
  const length = end.input - start.input;
  const rise = BigInt(end.value) - BigInt(start.value);
  if (rise === 0n) return [start];
  const partLength = Math.ceil(length / Math.min(partsMax, Math.ceil(length / STEPS_MAX)));
  const cut = [start];
  for (let offset = partLength; offset < length; offset += partLength) {
    const risen = divideRoundingDown(BigInt(offset) * rise, BigInt(length));
    cut.push({ input: start.input + offset, value: start.value + Number(risen) });
  }
  return cut;
}
