import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/sim/random.js';

test('the same seed gives the same numbers, another seed gives others', () => {
  expect(draw(7, 100)).toEqual(draw(7, 100));
  expect(draw(7, 100)).not.toEqual(draw(8, 100));
});

test('the numbers of a seed never change: what was once simulated can be simulated again', () => {
  expect(draw(2026, 8)).toEqual([882, 978, 194, 307, 941, 990, 549, 359]);
});

test('every number of a range comes about equally often', () => {
  const random = seededRandom(1);
  const hits = new Array<number>(10).fill(0);
  for (let turn = 0; turn < 100_000; turn++) hits[random.below(10)]!++;
  for (const hit of hits) expect(Math.abs(hit - 10_000)).toBeLessThan(500);
});

test('numbers stay in their range, and both ends can come', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 5 }), inRange),
  );
  const random = seededRandom(3);
  const drawn = Array.from({ length: 200 }, () => random.between(-1, 1));
  expect(new Set(drawn)).toEqual(new Set([-1, 0, 1]));
});

test('a chance of 0 never comes and a chance of 100 always does', () => {
  const random = seededRandom(4);
  const drawn = Array.from({ length: 1000 }, () => [random.chance(0), random.chance(100)]);
  expect(drawn.every(([never, always]) => !never && always)).toBe(true);
});

function inRange(seed: number, lowest: number, span: number): void {
  const number = seededRandom(seed).between(lowest, lowest + span);
  expect(Number.isInteger(number)).toBe(true);
  expect(number).toBeGreaterThanOrEqual(lowest);
  expect(number).toBeLessThanOrEqual(lowest + span);
}

function draw(seed: number, length: number): readonly number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => random.below(1000));
}
