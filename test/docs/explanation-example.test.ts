import { expect, test } from 'vitest';
import { tellExplanation } from '../../src/rounds/explaining/telling/tell-explanation.js';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';
import { explain } from '../rounds/explaining/explaining.js';
import { codeBlocks, readDocument } from './markdown.js';

test('the explanation in API.md is that of the round at its top', () => {
  const blocks = codeBlocks(readDocument('API.md'));
  const round = blocks.find(({ kind }) => kind === 'json round')!;
  const clearer = new RoundClearer({
    limits: DEFAULT_ROUND_LIMITS,
    tieKey: new Uint8Array(32),
    retention: 'full',
  });
  const clearing = clearer.clear(Buffer.from(round.text), { fallbackId: 'assigned', atMs: 0, waitedMs: 0 });
  const { record } = 'cleared' in clearing ? clearing.cleared : { record: '' };
  const printed = blocks.find(({ kind }) => kind === 'text explanation')!;
  expect(tellExplanation(explain(record))).toBe(printed.text);
});
