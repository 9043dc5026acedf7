import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertDown, convertUp, ExchangeRates, inverse } from '../../src/openrtb/exchange-rates.js';

const RATES = { id: 'r1', base: 'EUR', rates: { USD: '1.0489', GBP: '0.8362', JPY: '163.000000000001' } };
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY'] as const;

const currency = fc.constantFrom(...CURRENCIES);
const micros = fc.integer({ min: 0, max: 9_000_000_000 });

/** What one unit of the base is worth, in units of 1e-12: the decimal without its point. */
const WORTH: Record<(typeof CURRENCIES)[number], bigint> = {
  EUR: 1_000_000_000_000n,
  USD: 1_048_900_000_000n,
  GBP: 836_200_000_000n,
  JPY: 163_000_000_000_001n,
};

describe('a conversion', () => {
  test('is exact: a bid loses and a floor gains less than a micro', () => {
    fc.assert(
      fc.property(currency, currency, micros, (from, to, amount) => {
        const ratio = new ExchangeRates(RATES).ratio(from, to)!;
        const down = BigInt(convertDown(amount, ratio));
        const up = BigInt(convertUp(amount, ratio));
        const exact = BigInt(amount) * WORTH[to];
        expect(down * WORTH[from] <= exact && exact < (down + 1n) * WORTH[from]).toBe(true);
        expect((up - 1n) * WORTH[from] < exact && exact <= up * WORTH[from]).toBe(true);
      }),
    );
  });

  test('there and back never makes a price dearer than its bid', () => {
    fc.assert(
      fc.property(
        currency,
        currency,
        micros,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, to, bid, share) => {
          const ratio = new ExchangeRates(RATES).ratio(from, to)!;
          const clearing = Math.floor(convertDown(bid, ratio) * share);
          const told = convertUp(clearing, inverse(ratio));
          expect(told).toBeLessThanOrEqual(bid);
          expect(convertDown(told, ratio)).toBeGreaterThanOrEqual(clearing);
        },
      ),
    );
  });
});

describe('exchange rates', () => {
  test('know nothing of other currencies, whatever their name', () => {
    const rates = new ExchangeRates(RATES);
    for (const foreign of ['CHF', 'toString', '__proto__']) {
      expect(rates.ratio(foreign, 'USD')).toBeUndefined();
      expect(rates.ratio('USD', foreign)).toBeUndefined();
    }
    expect(new ExchangeRates(undefined).ratio('EUR', 'USD')).toBeUndefined();
  });

  test('are not needed for one currency', () => {
    const rates = new ExchangeRates(undefined);
    expect(convertDown(7, rates.ratio('CHF', 'CHF')!)).toBe(7);
    expect(rates.used).toBeUndefined();
  });

  test('say which of them were used', () => {
    const rates = new ExchangeRates(RATES);
    rates.ratio('USD', 'USD');
    expect(rates.used).toBeUndefined();
    rates.ratio('USD', 'EUR');
    expect(rates.used).toEqual({ id: 'r1', base: 'EUR', rates: { USD: '1.0489' } });
    rates.ratio('USD', 'GBP');
    expect(rates.used).toEqual({ id: 'r1', base: 'EUR', rates: { GBP: '0.8362', USD: '1.0489' } });
  });
});
