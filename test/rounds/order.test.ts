import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clear } from './clearing.js';
import { generatedRound } from './generated-rounds.js';

test('the order of lots, bids, deals, seats, domains and members changes no byte of answer or record', () => {
  fc.assert(
    fc.property(generatedRound, fc.boolean(), fc.gen(), (generated, explain, generate) => {
      const round = { ...generated, explain };
      const other = reordered(round, () => generate(fc.nat, { max: 999 }));
      expect(clear(other)).toEqual(clear(round));
    }),
    { numRuns: 500 },
  );
});

/** The same JSON with every list and every object in another order. Only the slots of a lot, numbers, have an order that means something. */
function reordered(value: unknown, draw: () => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const isSlots = value.some((part) => typeof part === 'number');
    return isSlots
      ? value
      : permuted(
          value.map((part) => reordered(part, draw)),
          draw,
        );
  }
  const members = Object.entries(value).map(([name, member]) => [name, reordered(member, draw)] as const);
  return Object.fromEntries(permuted(members, draw));
}

function permuted<T>(list: readonly T[], draw: () => number): T[] {
  return list
    .map((part) => ({ part, at: draw() }))
    .sort((a, b) => a.at - b.at)
    .map(({ part }) => part);
}
