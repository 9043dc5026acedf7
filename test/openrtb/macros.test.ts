import { describe, expect, test } from 'vitest';
import { fillMacros, GROWTH_MAX, type Notice } from '../../src/openrtb/macros.js';
import { readDocument, section, tableOf } from '../docs/markdown.js';

const NOTICE: Notice = {
  requestId: 'r$1',
  responseBidId: 'answer-7',
  impressionId: '1',
  seat: 'alder',
  adId: 'ad-9',
  currency: 'EUR',
  clearingMicros: 910_000,
  bidMicros: 1_000_000,
  lossCode: 0,
  minimumMicros: 900_000,
  multiplier: 2.5,
};

const KNOWN: Readonly<Record<string, string>> = {
  AUCTION_ID: 'r$1',
  AUCTION_BID_ID: 'answer-7',
  AUCTION_IMP_ID: '1',
  AUCTION_SEAT_ID: 'alder',
  AUCTION_AD_ID: 'ad-9',
  AUCTION_PRICE: '0.91',
  AUCTION_CURRENCY: 'EUR',
  AUCTION_MBR: '0.91',
  AUCTION_LOSS: '0',
  AUCTION_MIN_TO_WIN: '0.9',
  AUCTION_MULTIPLIER: '2.5',
};
const NEVER_KNOWN = ['AUCTION_IMP_TS', 'AUCTION_DISCOUNT_PCT', 'AUCTION_DISCOUNT_CPM'];

const UNSAID = {
  responseBidId: undefined,
  seat: undefined,
  adId: undefined,
  clearingMicros: undefined,
  minimumMicros: undefined,
  multiplier: undefined,
};

describe('a macro', () => {
  test.each(Object.entries(KNOWN))('%s becomes %s', (name, value) => {
    expect(fillMacros(`a\${${name}}b`, NOTICE, '')).toBe(`a${value}b`);
    expect(fillMacros(`\${${name}:B64}`, NOTICE, '')).toBe(Buffer.from(value).toString('base64'));
  });

  test.each(NEVER_KNOWN)('%s is not known when an auction is cleared', (name) => {
    expect(fillMacros(`a\${${name}}b`, NOTICE, '')).toBe('ab');
    expect(fillMacros(`a\${${name}}b`, NOTICE, 'AUDIT')).toBe('aAUDITb');
  });

  test('without a value is empty, also for those who look at the markup', () => {
    const names = ['BID_ID', 'SEAT_ID', 'AD_ID', 'PRICE', 'MBR', 'MIN_TO_WIN', 'MULTIPLIER'];
    const text = names.map((name) => `\${AUCTION_${name}}`).join(',');
    for (const unknown of ['', 'AUDIT']) {
      expect(fillMacros(text, { ...NOTICE, ...UNSAID }, unknown)).toBe(',,,,,,');
    }
    expect(fillMacros('${AUCTION_IMP_TS:B64}', NOTICE, 'AUDIT')).toBe('QVVESVQ=');
  });

  test('stays when the text would grow too long with it', () => {
    const long = { ...NOTICE, requestId: 'x'.repeat(256) };
    const filled = fillMacros('${AUCTION_ID}'.repeat(100), long, '');
    expect(filled.length).toBeLessThanOrEqual(1300 + GROWTH_MAX);
    expect(filled.startsWith('x'.repeat(256 * 16))).toBe(true);
    expect(filled.endsWith('${AUCTION_ID}')).toBe(true);
  });

  test('that nobody agreed on stays', () => {
    const text = '${AUCTION_PRICE:XYZ} ${AUCTION_NAME} ${auction_price} $AUCTION_PRICE ${AUCTION_PRICE';
    expect(fillMacros(text, NOTICE, '')).toBe(text);
  });

  test('is filled once: what a value brings in is not a macro', () => {
    const sly = { ...NOTICE, requestId: '${AUCTION_PRICE}', seat: '$&' };
    expect(fillMacros('${AUCTION_ID}${AUCTION_SEAT_ID}', sly, '')).toBe('${AUCTION_PRICE}$&');
  });

  test('of a ratio is rounded down, and none to a bid of nothing', () => {
    const third = { ...NOTICE, clearingMicros: 2, bidMicros: 3 };
    expect(fillMacros('${AUCTION_MBR}', third, '')).toBe('0.666666');
    expect(fillMacros('${AUCTION_MBR}', { ...third, clearingMicros: 0, bidMicros: 0 }, '-')).toBe('');
  });
});

test('the page names every macro', () => {
  const named = tableOf(section(readDocument('OPENRTB.md'), '## Macros')).flatMap(([macros]) =>
    [...macros!.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!),
  );
  expect(named.sort()).toEqual([...Object.keys(KNOWN), ...NEVER_KNOWN].sort());
});
