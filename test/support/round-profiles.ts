import type { ProfileDocument } from '../../src/schema/profile.js';

/**
 * Profiles for the amounts of generated rounds. No piece of theirs is longer than 2^25 micros and no lambda finer than
 * a thousandth, which is what the naive reading takes; logarithms are approximated and have tests of their own.
 */
export const PROFILES: readonly ProfileDocument[] = [
  { price: { weight: 1, value: { linear: { from: 0, to: 2 } } } },
  {
    price: { weight: 1, value: { linear: { from: 0, to: 2 } } },
    attributes: { viewability: { weight: 1, value: { linear: { from: 0, to: 1 } } } },
  },
  {
    price: { weight: 2, value: { linear: { from: 0.5, to: 3.1 } } },
    attributes: {
      viewability: { weight: 1, value: { linear: { from: 0.9, to: 0.3 } }, missing: 'refuse' },
      consent: { weight: 0.333333, value: { step: { at: 1, below: 0.25 } }, missing: { value: 1 } },
    },
  },
  {
    price: {
      weight: 3,
      value: {
        table: {
          points: [
            [0.5, 0],
            [0.91, 0.333333],
            [1.01, 0.333333],
            [2, 1],
          ],
        },
      },
    },
    attributes: {
      viewability: { weight: 7, value: { target: { low: 0.5, high: 0.7, tolerance: 0.3 } } },
    },
    risk: { lambda: 0.25, spread: 'deviation' },
  },
  {
    price: {
      weight: 1,
      value: {
        table: {
          points: [
            [0.85, 0],
            [1, 0.5],
            [1.01, 1],
          ],
          between: 'steps',
        },
      },
    },
    attributes: {
      cost: { weight: 1, value: { target: { low: 0.5, high: 0.5, tolerance: 0 } } },
      consent: { weight: 2, value: { step: { at: 0.5 } } },
    },
  },
  {
    price: { weight: 1, value: { step: { at: 1, below: 0.1, above: 0.9 } } },
    risk: { lambda: 2.5, spread: 'deviation', missing: { value: 0.1 } },
  },
  {
    attributes: {
      viewability: { weight: 1, value: { linear: { from: 0, to: 1 } }, missing: { value: 0.5 } },
    },
    risk: { lambda: 0, spread: 'deviation', missing: 'refuse' },
  },
];
