import { describe, expect, test } from 'vitest';
import { toMicros } from '../../src/base/money.js';
import { compileProfile } from '../../src/scoring/compile-profile.js';
import { attributeNames, type CompiledProfile } from '../../src/scoring/compiled-profile.js';
import { explainUtility, writeExplanation } from '../../src/scoring/explain-utility.js';
import { Scorer } from '../../src/scoring/fast.js';
import { refusedFor } from '../../src/scoring/naive.js';
import { priceReaching } from '../../src/scoring/price-reaching.js';
import { nanosToDecimal } from '../../src/scoring/units.js';
import { type CaseBid, type CasePrice, PROFILE_CASES, type ProfileCase } from './case-files.js';
import { row, TWINS, type Utility } from './twins.js';

describe.each(TWINS)('profile cases, %s', (_twin, read) => {
  test.each(PROFILE_CASES)('%s', (_file, profileCase) => {
    check(profileCase, read);
  });

  test('are no formality: another utility, price or path fails', () => {
    const profile = { price: { weight: 1, value: { linear: { from: 0, to: 10 } } } };
    const wrong: Omit<ProfileCase, 'says'>[] = [
      { profile, bids: [{ price: 5, utility: 0.500000001 }] },
      { profile, prices: [{ target: 0.5, lowest: 0, highest: 10, price: 5.000001 }] },
      { profile, faults: ['/price'] },
      { profile: {}, faults: ['/attributes'] },
    ];
    for (const each of wrong) {
      expect(() => {
        check(each, read);
      }).toThrow();
    }
  });
});

function check(
  { profile: document, bids = [], prices = [], faults }: Omit<ProfileCase, 'says'>,
  read: (profile: CompiledProfile) => Utility,
): void {
  const compilation = compileProfile(document);
  if ('faults' in compilation) {
    expect(compilation.faults.map(({ path }) => path)).toEqual(faults);
    return;
  }
  expect(faults).toBeUndefined();
  for (const bid of bids) checkBid(compilation.profile, bid, read(compilation.profile));
  for (const price of prices) checkPrice(compilation.profile, price);
}

function checkBid(profile: CompiledProfile, bid: CaseBid, utility: Utility): void {
  const attributes = row(bid.attributes ?? {}, [...attributeNames(profile)]);
  const priceMicros = toMicros(bid.price);
  const nanos = utility(priceMicros, attributes);
  expect(nanos === undefined ? undefined : Number(nanosToDecimal(nanos)), JSON.stringify(bid)).toBe(
    bid.utility,
  );
  expect(refusedFor(profile, attributes)).toBe(bid.refusedFor);
  const explanation = explainUtility(profile, priceMicros, attributes);
  expect(explanation?.utilityNanos).toBe(nanos);
  if (bid.terms !== undefined) expect(writeExplanation(explanation!).terms).toEqual(bid.terms);
}

function checkPrice(profile: CompiledProfile, wanted: CasePrice): void {
  const { layout, values } = row(wanted.attributes ?? {}, [...attributeNames(profile)]);
  const range = { lowestMicros: toMicros(wanted.lowest), highestMicros: toMicros(wanted.highest) };
  const targetNanos = Math.round(wanted.target * 1e9);
  const solved = priceReaching(new Scorer(profile, layout), values, targetNanos, range);
  expect(solved ?? null, JSON.stringify(wanted)).toBe(wanted.price === null ? null : toMicros(wanted.price));
}
