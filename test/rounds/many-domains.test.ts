import { expect, test } from 'vitest';
import { clear } from './clearing.js';

/** Comparing every name with every other would be over a hundred million comparisons, and several seconds. */
const LIMIT_MS = 2000;

test('a round within every limit is decided at once, however many domains it names', () => {
  const names = (length: number, prefix: string) =>
    Array.from({ length }, (_, at) => `${prefix}${at}.example`);
  const domains = names(500, 'd');
  const bids = Array.from({ length: 500 }, (_, at) => ({
    id: `b${at}`,
    seat: 'alder',
    lot: 'homepage',
    price: 1,
    deal: 'd1',
    domains: domains.slice(0, 480),
  }));
  const lots = [{ id: 'homepage', deals: [{ id: 'd1', domains }] }];
  const startedAt = performance.now();
  const { answer } = clear({ id: 'r1', format: 'first-price', currency: 'USD', lots, bids });
  expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
  expect(JSON.parse(answer)).toMatchObject({ outcome: 'cleared' });
});
