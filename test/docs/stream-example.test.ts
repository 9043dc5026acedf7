import { expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { doorOf, engineOf } from '../support/engine.js';
import { clearLines } from '../support/line-stream.js';
import { codeBlocks, readDocument, section, tableOf } from './markdown.js';

const PART = section(readDocument('API.md'), '## POST /v1/rounds/batch');

test('the stream of API.md is answered as printed, byte for byte', async () => {
  const [rounds, answers, ...others] = codeBlocks(PART);
  expect([rounds!.kind, answers!.kind, others]).toEqual(['ndjson rounds', 'ndjson answers', []]);
  const door = await doorOf(await engineOf());
  const lines = await clearLines({ ...door, headers: { 'x-request-id': 'trace-81' } }, rounds!.text);
  expect(`${lines.join('\n')}\n`).toBe(answers!.text);
});

test('a stream ends with codes of the catalogue', () => {
  const [, ...rows] = tableOf(PART);
  for (const [code] of rows) expect(Object.keys(ERRORS)).toContain(code!.slice(1, -1));
});
