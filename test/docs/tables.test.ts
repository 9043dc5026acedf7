import { expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { LOSSES } from '../../src/base/loss-reasons.js';
import { OPTIONS } from '../../src/config/options.js';
import { readDocument, section, tableOf } from './markdown.js';

const README = readDocument('README.md');
const API = readDocument('API.md');

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
  const declared = Object.entries(LOSSES).map(([reason, { code, sentence }]) => [
    String(code),
    `\`${reason}\``,
    sentence,
  ]);
  expect(rowsUnder(API, '## Loss reasons')).toEqual(declared);
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
