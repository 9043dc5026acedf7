import { expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { type LossReason, LOSSES } from '../../src/base/loss-reasons.js';
import { OPTIONS } from '../../src/config/options.js';
import { readDocument, section, tableOf } from './markdown.js';

const README = readDocument('README.md');
const API = readDocument('API.md');
const OPENRTB = readDocument('OPENRTB.md');

test('the options of README.md are the options of the engine', () => {
  const declared = Object.entries(OPTIONS).map(([name, { shownDefault, bounds, sentence }]) => [
    `\`${name}\``,
    shownDefault,
    bounds,
    sentence,
  ]);
  expect(rowsUnder(README, '## Options')).toEqual(declared);
});

test('the errors of API.md are the errors of the catalogue', () => {
  const declared = Object.entries(ERRORS).map(([code, { status, retryable, sentence }]) => [
    `\`${code}\``,
    String(status),
    retryable ? 'yes' : 'no',
    sentence,
  ]);
  expect(rowsUnder(API, '## Errors')).toEqual(declared);
});

test('the loss reasons of API.md are those of the catalogue', () => {
  const declared = Object.entries(LOSSES)
    .sort(([, a], [, b]) => a.code - b.code)
    .map(([reason, { code, sentence }]) => [String(code), `\`${reason}\``, sentence]);
  expect(rowsUnder(API, '## Loss reasons')).toEqual(declared);
});

test('every reason of OPENRTB.md has its code', () => {
  const rows = rowsUnder(OPENRTB, '## A bid and its identity').filter(([, , reason]) =>
    reason!.startsWith('`'),
  );
  expect(rows.length).toBeGreaterThan(20);
  for (const [, codes, reasons] of rows) {
    const names = [...reasons!.matchAll(/[A-Z_]+/g)].map(([name]) => name as LossReason);
    expect(names.map((name) => LOSSES[name].code).join(', '), reasons).toBe(codes);
  }
});

test('the limits of API.md are options with their defaults, and name errors of the catalogue', () => {
  const defaults = new Map<string, string>(
    Object.entries(OPTIONS).map(([name, { shownDefault }]) => [`\`${name}\``, shownDefault]),
  );
  for (const [, shownDefault, option, error] of rowsUnder(API, '## Limits')) {
    expect([option, shownDefault]).toEqual([option, defaults.get(option!)]);
    if (error!.startsWith('`')) expect(Object.keys(ERRORS)).toContain(error!.slice(1, -1));
  }
});

function rowsUnder(markdown: string, heading: string): readonly (readonly string[])[] {
  const [, ...rows] = tableOf(section(markdown, heading));
  return rows;
}
