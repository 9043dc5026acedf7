import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROUND_CASES } from '../rounds/case-files.js';
import { clear, TIE_KEY } from '../rounds/clearing.js';
import { generatedRound } from '../rounds/generated-rounds.js';
import { clearNaively, keyedTieHash } from './naive-clearing.js';

describe('the naive twin', () => {
  test('agrees with every case worked out by hand', () => {
    for (const [file, { round, answer }] of ROUND_CASES) {
      if (answer === undefined) continue;
      const losses = answer.losses.map((loss) => ({ ...loss, detail: undefined }));
      const twin = clearNaively({ ...round, id: answer.id }, keyedTieHash(TIE_KEY, answer.id));
      expect(twin, file).toEqual({ ...answer, losses });
    }
  });

  test('answers every generated round as the engine does', () => {
    fc.assert(
      fc.property(generatedRound, (round) => {
        expect(JSON.parse(clear(round).answer)).toEqual(clearNaively(round, keyedTieHash(TIE_KEY, round.id)));
      }),
      { numRuns: 3000 },
    );
  });
});
