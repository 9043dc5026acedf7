import { expect, onTestFinished, test } from 'vitest';
import { createDoor } from '../../src/app.js';
import { ERRORS } from '../../src/base/errors.js';
import { type LossReason, LOSSES } from '../../src/base/loss-reasons.js';
import { OPTIONS } from '../../src/config/options.js';
import { engineOf } from '../support/engine.js';
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

test('the table of addresses and roles in API.md is that of the routes', async () => {
  const door = await createDoor(await engineOf());
  onTestFinished(() => door.close());
  await door.ready();
  const declared = [...door.admissions]
    .filter(([address]) => !/^HEAD |^OPTIONS | \/docs/.test(address))
    .map(([address, roles]) => [
      `\`${address.replace(/:(\w+)/g, '{$1}')}\``,
      roles === 'public' ? 'nobody asks' : roles.join(', '),
    ]);
  const byAddress = ([a]: readonly string[], [b]: readonly string[]): number => (a! < b! ? -1 : 1);
  expect(rowsUnder(API, '## Callers and keys').toSorted(byAddress)).toEqual(declared.toSorted(byAddress));
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
