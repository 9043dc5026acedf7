import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { codeBlocks, readDocument, ROOT } from './markdown.js';

const PACKAGE = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
};

test('the engine and its package have one version, and the changelog tells it', () => {
  expect(VERSION).toBe(PACKAGE.version);
  expect(readDocument('CHANGELOG.md')).toMatch(new RegExp(`^## ${VERSION.replaceAll('.', '\\.')}( |$)`, 'm'));
});

test('README.md asks for the Node that the package asks for', () => {
  expect(PACKAGE.engines.node).toBe('>=20.19.0');
  expect(readDocument('README.md')).toContain('You need Node 20.19 or newer');
});

test('the check of a change runs the test command of README.md and nothing else', () => {
  const script = readFileSync(`${ROOT}/.ci/run`, 'utf8');
  const commands = script.split('\n').filter((line) => line !== '' && !/^(#|set -)/.test(line));
  expect(commands).toEqual(['npm ci && npm test']);
  const printed = codeBlocks(readDocument('README.md')).flatMap(({ text }) => text.split('\n'));
  expect(printed).toContain('npm ci && npm test');
});
