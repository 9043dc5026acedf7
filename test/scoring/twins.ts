import { invariant } from '../../src/base/assert.js';
import { compileProfile } from '../../src/scoring/compile-profile.js';
import type { Attributes, CompiledProfile } from '../../src/scoring/compiled-profile.js';
import { Scorer } from '../../src/scoring/fast.js';
import { utilityOf } from '../../src/scoring/naive.js';

export type Utility = (priceMicros: number, attributes: Attributes) => number | undefined;

/** Both readings of the tables, behind one signature, so that one suite runs them. */
export const TWINS: readonly (readonly [string, (profile: CompiledProfile) => Utility])[] = [
  ['naive', (profile) => (priceMicros, attributes) => utilityOf(profile, priceMicros, attributes)],
  ['fast', fastly],
];

/** Scores a batch of three, so that a row that reads its neighbour's columns is noticed. */
function fastly(profile: CompiledProfile): Utility {
  return (priceMicros, { layout, values }) => {
    const attributes = new Float64Array(3 * layout.length).fill(0.123);
    attributes.set(values, layout.length);
    const utilities = new Float64Array(3);
    const scorer = new Scorer(profile, layout);
    scorer.score({ count: 3, pricesMicros: Float64Array.of(7, priceMicros, 7), attributes }, utilities);
    invariant(
      Object.is(scorer.utilityOf(priceMicros, attributes, layout.length), utilities[1]),
      'one bid alone is worth what it is worth in a batch',
    );
    return Number.isNaN(utilities[1]) ? undefined : utilities[1];
  };
}

export function compiled(document: unknown): CompiledProfile {
  const compilation = compileProfile(document);
  if ('profile' in compilation) return compilation.profile;
  throw new Error(JSON.stringify(compilation.faults));
}

/** A row of attributes as a round declares them. */
export function row(declared: Record<string, number | boolean>, layout = Object.keys(declared)): Attributes {
  return { layout, values: Float64Array.from(layout, (name) => Number(declared[name] ?? NaN)) };
}
