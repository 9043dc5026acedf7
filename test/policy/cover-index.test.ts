import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithinDomain } from './naive-names.js';
import { domainIndex, parentIndex } from '../../src/policy/names/cover-index.js';

/** Few letters and many separators, so that names begin, end and repeat alike; both cases, and marks in odd places. */
const name = fc
  .array(fc.constantFrom('a', 'b', 'A', '.', '-', '@'), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(''));
const entries = fc.array(name, { minLength: 1, maxLength: 8 });

test('the index of domains finds what comparing with every entry finds', () => {
  fc.assert(
    fc.property(entries, name, (domains, domain) => {
      const covering = domains
        .filter((each) => isWithinDomain(domain, each))
        .map((each) => each.toLowerCase());
      checkIndex(domainIndex(domains), domain, covering);
    }),
    { numRuns: 20_000 },
  );
});

test('the index of parents finds what comparing with every entry finds', () => {
  fc.assert(
    fc.property(entries, name, (categories, category) => {
      const covering = categories.filter((each) => category === each || category.startsWith(`${each}-`));
      checkIndex(parentIndex(categories), category, covering);
    }),
    { numRuns: 20_000 },
  );
});

test('a long list and a name of many parts are no trouble', () => {
  const domains = Array.from({ length: 500 }, (_, index) => `${'x.'.repeat(index % 120)}d${index}.example`);
  const index = domainIndex(domains);
  for (const domain of domains) expect(index.widest(`www.${domain}`)).toBe(domain);
  expect(index.widest(`${'x.'.repeat(120)}d500.example`)).toBeUndefined();
});

test('names that share a hash are told apart', () => {
  // 31 x a + z is 31 x b + [, and the sieve looks at the first, the middle and the last character only.
  checkIndex(parentIndex(['xazmyyz']), 'xb[myyz', []);
  checkIndex(domainIndex(['xzamyyz']), 'x[bmyyz', []);
  checkIndex(parentIndex(['xazmyyz', 'xb[myyz']), 'xb[myyz', ['xb[myyz']);
});

function checkIndex(
  index: ReturnType<typeof domainIndex>,
  sought: string,
  covering: readonly string[],
): void {
  const widestFirst = [...new Set(covering)].sort((a, b) => a.length - b.length);
  expect(index.all(sought)).toEqual(widestFirst);
  expect(index.widest(sought)).toBe(widestFirst[0]);
}
