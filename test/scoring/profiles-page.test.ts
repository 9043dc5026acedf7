import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProfileDocument } from '../../src/schema/profile.js';
import { utilityOf } from '../../src/scoring/naive.js';
import { compiled, row } from './twins.js';

const PAGE = readFileSync(new URL('../../PROFILES.md', import.meta.url), 'utf8');

describe('PROFILES.md', () => {
  test('works out the utility of its example', () => {
    const [, document = ''] = /```json\n([^]*?)```/.exec(PAGE) ?? [];
    const profile = compiled(JSON.parse(document));
    const attributes = row({ viewability: 0.8, reach: 1_000_000, deviation: 0.1 });
    const [, told] = /\*\*(0\.\d+)\*\*/.exec(PAGE) ?? [];
    expect(utilityOf(profile, 8_000_000, attributes)).toBe(Number(told) * 1e9);
  });

  test('names every member of a profile and every value function', () => {
    const { properties } = ProfileDocument;
    const declared = [
      ...Object.keys(properties),
      ...Object.keys(properties.price.properties.value.properties),
    ];
    const told = [...PAGE.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
    expect(told.filter((name) => name !== 'missing')).toEqual(declared);
  });
});
