import type { TSchema } from '@sinclair/typebox';
import { describe, expect, test } from 'vitest';
import { PRICE_MAX } from '../../src/base/money.js';
import { RoundAnswer } from '../../src/schema/answer.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { roundRequestSchema } from '../../src/schema/round.js';
import { readDocument, section, tableOf, withoutCode } from './markdown.js';

const REQUEST = section(readDocument('API.md'), '### Request');
const ANSWER = section(readDocument('API.md'), '### Answer');

/** Bounds that the page tells once, for all fields of the kind, or under Limits. */
const TOLD_ELSEWHERE = ['id', 'amount', 'string', 'boolean'];

const round = roundRequestSchema(DEFAULT_ROUND_LIMITS);
const lot = round.properties.lots.items;
const deal = lot.properties.deals.items;
const bid = round.properties.bids.items;

describe.each<[string, { properties: Record<string, TSchema>; required?: string[] }, string]>([
  ['a round', round, REQUEST],
  ['a lot', lot, after('A lot:')],
  ['a deal', deal, after('A deal:')],
  ['a bid', bid, after('A bid:')],
])('the fields of %s', (_, { properties, required = [] }, part) => {
  const [, ...rows] = tableOf(part);
  const names = rows.map(([name]) => nameIn(name!));

  test('are those of the schema', () => {
    expect(names.toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  test('are required where the schema requires them', () => {
    const told = rows.filter(([, , fallback]) => fallback === 'required').map(([name]) => nameIn(name!));
    expect(told.toSorted()).toEqual(required.toSorted());
  });

  test('have the bounds of the schema', () => {
    for (const [name, type] of rows) {
      if (TOLD_ELSEWHERE.includes(type!)) continue;
      const told = type!.match(/\d+/g) ?? [];
      expect([name, ...told]).toEqual(
        expect.arrayContaining([name, ...boundsOf(properties[nameIn(name!)]!)]),
      );
    }
  });
});

test('the bounds of ids, names and amounts are told', () => {
  expect(withoutCode(REQUEST)).toContain(`from 0 to ${PRICE_MAX}`);
  expect(round.properties.id.description).toContain('1 to 128 characters of ASCII 0x21 to 0x7E');
  expect(REQUEST).toContain('1 to 128 characters of ASCII 0x21 to 0x7E');
  expect(bid.properties.domains.items.pattern).toBe('^[\\x21-\\x7e]{1,255}$');
  expect(REQUEST).toContain(
    'Names of domains and categories are 1 to 255 characters of the same kind as ids.',
  );
});

test('the fields of an answer are those of the schema', () => {
  const { awards, losses, ...ofRound } = RoundAnswer.properties;
  const declared = [
    ...Object.keys(ofRound).map((name) => [name, 'round']),
    ['awards', 'round'],
    ['losses', 'round'],
    ...Object.keys(awards.items.properties).map((name) => [name, 'award']),
    ...Object.keys(losses.items.properties).map((name) => [name, 'loss']),
  ];
  const [, ...rows] = tableOf(ANSWER);
  const told = rows.flatMap(([names, places]) =>
    names!
      .split(', ')
      .flatMap((name) =>
        places!.split(', ').map((place) => [nameIn(name), place.replace('some losses', 'loss')]),
      ),
  );
  expect(told.map(String).toSorted()).toEqual(declared.map(String).toSorted());
});

function after(sentence: string): string {
  const [, part] = REQUEST.split(`\n${sentence}\n`);
  if (part === undefined) throw new Error(`API.md does not say "${sentence}"`);
  return part;
}

function nameIn(cell: string): string {
  return cell.replaceAll('`', '');
}

/** Every number that bounds a field. The most lots and bids are options, told under Limits; 0 and 1 may stand in words. */
function boundsOf(schema: TSchema): readonly string[] {
  const items = (schema['items'] ?? {}) as TSchema;
  const most: unknown = items === lot || items === bid ? undefined : schema['maxItems'];
  const bounds: readonly unknown[] = [schema['minimum'], schema['maximum'], most, items['maximum']];
  return bounds.filter((bound) => typeof bound === 'number' && bound > 1).map(String);
}
