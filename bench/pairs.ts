import type { Turn } from './report/figures.js';
import type { Verdict } from './report/reaches.js';

/** Turns of two things that are compared, one after the other. */
export type Pairs = readonly (readonly [Turn, Turn])[];

/** What slows the machine slows both of a pair. */
export async function alternate(
  turns: number,
  [first, second]: readonly [() => Promise<Turn>, () => Promise<Turn>],
): Promise<Pairs> {
  const pairs: [Turn, Turn][] = [];
  for (let turn = 0; turn < turns; turn++) pairs.push([await first(), await second()]);
  return pairs;
}

/** The second of each pair over the first. */
export function ratiosOf(pairs: Pairs, figure: keyof Turn): readonly number[] {
  return pairs.map(([one, other]) => other[figure] / one[figure]);
}

export function middleOfSide(pairs: Pairs, side: 0 | 1, figure: keyof Turn): number {
  return median(pairs.map((pair) => pair[side][figure]));
}

export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor((figures.length - 1) / 2)]!;
}

/** Whether figures of several turns hold to a bound in the median. */
export function verdictOn(
  row: string,
  says: string,
  [bound, limit]: readonly [Verdict['bound'], number],
  figures: readonly number[],
): Verdict {
  const figure = { median: median(figures), min: Math.min(...figures), max: Math.max(...figures) };
  const reached = bound === 'at least' ? figure.median >= limit : figure.median <= limit;
  return { row, says, bound, limit, figure, reached };
}
