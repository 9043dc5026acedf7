import { describe, expect, test } from 'vitest';
import { Table } from '../../src/scoring/table.js';

describe('a piece of a table', () => {
  test('is solved to the micro for every length, rise and height up to 100', () => {
    for (let length = 1; length <= 100; length++) {
      for (let rise = 1; rise <= 100; rise++) {
        const table = new Table({ inputs: [0, length], nanos: [0, rise] });
        const wrong = heights(rise).filter(
          (nanos) => table.firstReaching(nanos) !== divided(length, rise, nanos),
        );
        expect(wrong, `length ${length}, rise ${rise}`).toEqual([]);
      }
    }
  });

  test.each([
    [33_554_039, 999_734_394_869, 974_471_183_150],
    [33_554_188, 999_892_865_172, 494_690_543_098],
    [33_554_259, 999_284_925_840, 654_776_378_612],
  ])('of length %i and rise %i is solved where a double rounds the quotient down', (length, rise, nanos) => {
    const table = new Table({ inputs: [0, length], nanos: [0, rise] });
    expect(table.firstReaching(nanos)).toBe(divided(length, rise, nanos));
  });
});

function heights(rise: number): number[] {
  return Array.from({ length: rise }, (_, index) => index + 1);
}

/** The first input whose height, rounded down, is reached: by division of big integers. */
function divided(length: number, rise: number, nanos: number): number {
  return Number((BigInt(nanos) * BigInt(length) + BigInt(rise) - 1n) / BigInt(rise));
}
