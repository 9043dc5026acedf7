/** A stretch of time in which requests are due at a constant rate. */
export interface Stretch {
  readonly perSecond: number;
  readonly seconds: number;
}

/** When every request of the stretches is due, in milliseconds from their begin: evenly spaced, without a pause between. */
export function dueInstantsMs(stretches: readonly Stretch[]): Float64Array {
  const instants: number[] = [];
  let beginMs = 0;
  for (const { perSecond, seconds } of stretches) {
    const count = Math.round(perSecond * seconds);
    for (let at = 0; at < count; at++) instants.push(beginMs + (at * 1000) / perSecond);
    beginMs += seconds * 1000;
  }
  return Float64Array.from(instants);
}

/** From the begin of all stretches to that of each of them. */
export function beginningsMs(stretches: readonly Stretch[]): readonly number[] {
  let beginMs = 0;
  return stretches.map(({ seconds }) => {
    const ownMs = beginMs;
    beginMs += seconds * 1000;
    return ownMs;
  });
}
