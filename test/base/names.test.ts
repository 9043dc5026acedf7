import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCurrency } from '../../src/base/currencies.js';
import { isWithinDomains } from '../../src/base/domain-names.js';
import { formatRecordId, ID_PATTERN, nodeIdFrom, parseRecordId } from '../../src/base/ids.js';
import { quoteText } from '../../src/base/quote.js';

const visibleAscii = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 128,
});

describe('record ids', () => {
  const address = fc.record({
    node: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(nodeIdFrom),
    block: fc.integer({ min: 0, max: 999_999_999_999_999 }),
    index: fc.integer({ min: 0, max: 999_999 }),
  });

  test('are read back as they were written', () => {
    fc.assert(
      fc.property(address, (written) => {
        expect(parseRecordId(formatRecordId(written))).toEqual(written);
      }),
    );
  });

  test.each([
    '',
    'n0123456789abcdef-1',
    'n0123456789abcde-1-2',
    'n0123456789ABCDEF-1-2',
    'm0123456789abcdef-1-2',
    'n0123456789abcdef--1-2',
    'n0123456789abcdef-1-2-3',
    'n0123456789abcdef-1-2\n',
    ' n0123456789abcdef-1-2',
    'n0123456789abcdef-1.5-2',
    'n0123456789abcdef-1e3-2',
    'n0123456789abcdef-1234567890123456-2',
    'n0123456789abcdef-01-2',
    'n0123456789abcdef-1-00',
  ])('%j is none', (text) => {
    expect(parseRecordId(text)).toBeUndefined();
  });
});

describe('ids', () => {
  test.each([
    ['a', true],
    ['!~"\\{}', true],
    ['x'.repeat(128), true],
    ['', false],
    ['x'.repeat(129), false],
    ['two words', false],
    ['line\n', false],
    ['\u007f', false],
    ['\u00e9', false],
  ])('%j: %s', (text, fits) => {
    expect(new RegExp(ID_PATTERN).test(text)).toBe(fits);
  });

  test('are quoted as JSON.stringify quotes them', () => {
    fc.assert(
      fc.property(visibleAscii, (text) => {
        expect(quoteText(text)).toBe(JSON.stringify(text));
      }),
    );
  });
});

test.each([
  ['shop.example', 'shop.example', true],
  ['www.shop.example', 'shop.example', true],
  ['a.b.shop.example', 'shop.example', true],
  ['WWW.SHOP.EXAMPLE', 'Shop.Example', true],
  ['badshop.example', 'shop.example', false],
  ['shop.example.org', 'shop.example', false],
  ['example', 'shop.example', false],
  ['.shop.example.org', 'shop.example', false],
])('%s lies within %s: %s', (name, parent, within) => {
  expect(isWithinDomains(name.toLowerCase(), new Set(['other.example', parent.toLowerCase()]))).toBe(within);
});

test.each([
  ['USD', true],
  ['EUR', true],
  ['JPY', true],
  ['XXX', false],
  ['usd', false],
  ['', false],
  ['USD EUR', false],
])('%j is a currency: %s', (code, known) => {
  expect(isCurrency(code)).toBe(known);
});
