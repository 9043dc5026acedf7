import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/config/declaration.js';
import { OPTIONS } from '../../src/config/options.js';
import { ConfigError, readConfig } from '../../src/config/read-config.js';

const NAMES = Object.keys(OPTIONS);

describe('an environment that says nothing', () => {
  test('gives every option its default', () => {
    expect(readConfig({})).toEqual(
      Object.fromEntries(
        Object.entries<Declaration<unknown>>(OPTIONS).map(([name, { fallback }]) => [name, fallback]),
      ),
    );
  });

  test('may say it with empty values and with variables of others', () => {
    const empty = Object.fromEntries(NAMES.map((name) => [name, '']));
    expect(readConfig({ ...empty, PATH: '/bin', parley_port: '1', REDIS: 'x', MY_PARLEY_PORT: '1' })).toEqual(
      readConfig({}),
    );
  });
});

describe('a value that fits', () => {
  test.each<[string, string, unknown]>([
    ['PARLEY_HOST', '::1', '::1'],
    ['PARLEY_HOST', 'localhost', 'localhost'],
    ['PARLEY_PORT', '0', 0],
    ['PARLEY_PORT', '65535', 65_535],
    ['PARLEY_THREADS', '1', 1],
    ['PARLEY_THREADS', '128', 128],
    ['PARLEY_RETENTION', 'off', 'off'],
    ['PARLEY_LOG_LEVEL', 'silent', 'silent'],
    ['PARLEY_TIE_KEY', 'aB'.repeat(32), new Uint8Array(32).fill(0xab)],
    ['PARLEY_HANG_MS_MAX', '100', 100],
    ['PARLEY_BIDS_MAX', '10000', 10_000],
    ['PARLEY_OPENRTB_POLICIES', 'house, caps@2', ['house', 'caps@2']],
    ['PARLEY_OPENRTB_PROFILE', 'worth', ['worth']],
    ['PARLEY_OPENRTB_REQUIRED', 'size,crid', ['crid', 'size']],
    ['PARLEY_OPENRTB_ATTRIBUTES', '{"viewability":"/ext/v"}', { viewability: '/ext/v' }],
    [
      'PARLEY_RATES',
      '{"id":"r1","base":"EUR","rates":{"USD":"1.05"}}',
      { id: 'r1', base: 'EUR', rates: { USD: '1.05' } },
    ],
  ])('%s=%s', (name, given, value) => {
    expect(readConfig({ [name]: given })).toMatchObject({ [name]: value });
  });
});

/** Every number with bounds is tried at both of them and one beyond each. */
const BOUNDED = Object.entries<Declaration<unknown>>(OPTIONS).flatMap(([name, { bounds }]) => {
  const [, min, max] = /^(\d+) to (\d+)$/.exec(bounds) ?? [];
  return min === undefined ? [] : [[name, Number(min), Number(max)] as const];
});

describe('a number with bounds', () => {
  test.each(BOUNDED)('%s may be %i and %i, and nothing beyond', (name, min, max) => {
    expect(readConfig({ [name]: String(min) })).toMatchObject({ [name]: min });
    expect(readConfig({ [name]: String(max) })).toMatchObject({ [name]: max });
    for (const beyond of [min - 1, max + 1]) {
      expect(() => readConfig({ [name]: String(beyond) })).toThrow(new RegExp(`^${name} .*${min}.*${max}`));
    }
  });

  test('are most options', () => {
    expect(BOUNDED.length).toBeGreaterThanOrEqual(14);
  });
});

describe('a value that does not fit', () => {
  test.each([
    ['PARLEY_PORT', '80.5'],
    ['PARLEY_OPENRTB_POLICIES', 'house,'],
    ['PARLEY_OPENRTB_POLICIES', 'a,b,c,d,e'],
    ['PARLEY_OPENRTB_PROFILE', 'worth,reach'],
    ['PARLEY_OPENRTB_REQUIRED', 'crid,ip'],
    ['PARLEY_OPENRTB_ATTRIBUTES', '{"viewability":"ext"}'],
    ['PARLEY_OPENRTB_ATTRIBUTES', '[]'],
    ['PARLEY_RATES', 'EUR/USD=1.05'],
    ['PARLEY_RATES', '{"id":"r1","base":"EUR","rates":{"USD":1.05}}'],
    ['PARLEY_RATES', '{"id":"r1","base":"EUR","rates":{"USD":"0.00"}}'],
    ['PARLEY_RATES', '{"id":"r1","base":"EUR","rates":{"usd":"1.05"}}'],
    ['PARLEY_RATES', '{"base":"EUR","rates":{}}'],
    ['PARLEY_PORT', '-1'],
    ['PARLEY_PORT', '+80'],
    ['PARLEY_PORT', ' 80'],
    ['PARLEY_PORT', '80 '],
    ['PARLEY_PORT', '0x50'],
    ['PARLEY_PORT', '8e1'],
    ['PARLEY_PORT', 'http'],
    ['PARLEY_PORT', 'NaN'],
    ['PARLEY_BIDS_MAX', '9'.repeat(400)],
    ['PARLEY_THREADS', '0'],
    ['PARLEY_RETENTION', 'FULL'],
    ['PARLEY_RETENTION', 'toString'],
    ['PARLEY_LOG_LEVEL', 'verbose'],
    ['PARLEY_HOST', 'a host'],
    ['PARLEY_HOST', 'http://127.0.0.1'],
    ['PARLEY_TIE_KEY', 'ab'.repeat(31)],
    ['PARLEY_TIE_KEY', 'ab'.repeat(33)],
    ['PARLEY_TIE_KEY', `${'ab'.repeat(31)}zz`],
    ['PARLEY_TIE_KEY', `${'ab'.repeat(32)}\n`],
  ])('%s=%j stops the start with its name', (name, given) => {
    expect(() => readConfig({ [name]: given })).toThrow(ConfigError);
    expect(() => readConfig({ [name]: given })).toThrow(new RegExp(`^${name} must be\\b`));
  });

  test('says what would fit', () => {
    expect(faultsOf({ PARLEY_RETENTION: 'some' })).toContain('full, digest, off');
  });
});

describe('faults', () => {
  test('are all named at once, one a line', () => {
    const faults = faultsOf({
      PARLEY_PROT: '80',
      PARLEY_PORT: 'x',
      PARLEY_THREADS: '999',
      PARLEY_KEY: '1',
      PATH: '/bin',
    });
    expect(
      faults
        .split('\n')
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['PARLEY_KEY', 'PARLEY_PORT', 'PARLEY_PROT', 'PARLEY_THREADS']);
  });

  test('of an unknown name list the names there are', () => {
    const faults = faultsOf({ PARLEY_PROT: '80' });
    for (const name of NAMES) expect(faults).toContain(name);
  });

  test('never repeat a secret, neither a wrong one nor a right one beside another fault', () => {
    const secrets = ['hunter2hunter2', 'cd'.repeat(33), `${'ef'.repeat(31)}xx`, '12'.repeat(32)];
    for (const secret of secrets) {
      expect(faultsOf({ PARLEY_TIE_KEY: secret, PARLEY_PORT: 'x' })).not.toContain(secret.slice(0, 8));
    }
  });

  test('never repeat the value of an unknown name, which may be a secret misspelt', () => {
    expect(faultsOf({ PARLEY_TIEKEY: 'hunter2hunter2' })).not.toContain('hunter2');
  });
});

function faultsOf(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The environment was accepted.');
}

describe('REDIS_URL', () => {
  const SERVER = { kind: 'server', isEncrypted: false, database: 0, namespace: '' };

  test.each<[string, object]>([
    ['redis://localhost', { ...SERVER, addresses: [{ host: 'localhost', port: 6379 }] }],
    [
      'rediss://me:p%40ss@db.example:6380/3?namespace=a:',
      {
        ...SERVER,
        isEncrypted: true,
        username: 'me',
        password: 'p@ss',
        database: 3,
        namespace: 'a:',
        addresses: [{ host: 'db.example', port: 6380 }],
      },
    ],
    [
      'redis://:secret@[::1]:6380',
      { ...SERVER, password: 'secret', addresses: [{ host: '::1', port: 6380 }] },
    ],
    [
      'rediss+cluster://one:7000,two:7001',
      {
        ...SERVER,
        kind: 'cluster',
        isEncrypted: true,
        addresses: [
          { host: 'one', port: 7000 },
          { host: 'two', port: 7001 },
        ],
      },
    ],
    [
      'redis+sentinel://one,two:5000/main',
      {
        ...SERVER,
        kind: 'sentinel',
        master: 'main',
        addresses: [
          { host: 'one', port: 26_379 },
          { host: 'two', port: 5000 },
        ],
      },
    ],
  ])('%s is understood', (url, target) => {
    expect(readConfig({ REDIS_URL: url }).REDIS_URL).toEqual(target);
  });

  test.each([
    'http://localhost',
    'redis://',
    'redis://one,two',
    'redis://host:99999',
    'redis://host/name',
    'redis+cluster://one/2',
    'redis+sentinel://one',
    'redis://:hunter2@host/name',
    'redis://:hunter2%zz@host',
    'redis://hunter2%@host',
    'redis://host?namespace=a b',
  ])('%s stops the start, and is not repeated', (url) => {
    const told = faultsOf({ REDIS_URL: url });
    expect(told).toMatch(/^REDIS_URL /);
    expect(told).not.toContain('hunter2');
  });
});

test('a replica that there cannot be stops the start', () => {
  expect(faultsOf({ PARLEY_DURABILITY: 'replicated' })).toMatch(/needs a REDIS_URL/);
  expect(readConfig({ PARLEY_DURABILITY: 'replicated', REDIS_URL: 'redis://one' })).toBeDefined();
});

test('a key of a caller that is none stops the start, and is not repeated', () => {
  const key = `parley_${'k'.repeat(43)}`;
  expect(readConfig({ PARLEY_KEY: key }).PARLEY_KEY).toBe(key);
  expect(faultsOf({ PARLEY_KEY: 'hunter2' })).toMatch(/^PARLEY_KEY must be a key/);
  expect(faultsOf({ PARLEY_KEY: 'hunter2' })).not.toContain('hunter2');
});
