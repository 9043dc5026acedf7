import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { DEFAULT_ROUND_LIMITS } from '../../src/schema/limits.js';

/** Every file in test/cases/rounds is a case: a round and the answer, or the refusal, it has to get. */
interface RoundCase {
  readonly says: string;
  readonly round: unknown;
  readonly answer?: unknown;
  readonly refusal?: { readonly code: string; readonly path?: string };
}

const FOLDER = new URL('../cases/rounds/', import.meta.url);
const clearer = new RoundClearer({
  limits: DEFAULT_ROUND_LIMITS,
  tieKey: new Uint8Array(32),
  retention: 'off',
});

describe('round cases', () => {
  test.each(readdirSync(FOLDER))('%s', (file) => {
    check(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as RoundCase);
  });
});

function check({ round, answer, refusal }: RoundCase): void {
  const bytes = Buffer.from(JSON.stringify(round));
  const clearing = clearer.clear(bytes, { fallbackId: 'assigned', atMs: 0, waitedMs: 0 });
  if ('refusal' in clearing) {
    expect({ code: clearing.refusal.code, path: clearing.refusal.path }).toEqual(refusal);
  } else {
    expect(JSON.parse(clearing.cleared.answer)).toEqual(answer);
  }
}
