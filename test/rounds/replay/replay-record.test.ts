import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Replayer } from '../../../src/rounds/replay/replay-record.js';
import { OPENRTB_CASES } from '../../openrtb/case-files.js';
import { clearOpenRtb, clearOrRefuseOpenRtb } from '../../openrtb/clearing.js';
import { generatedAuction } from '../../openrtb/generated-requests.js';
import { clear } from '../clearing.js';
import { crowdedRound, generatedRound } from '../generated-rounds.js';
import { ruledRound } from '../ruled-rounds.js';

const EQUAL = { outcome: 'equal' };

describe('replaying the record', () => {
  test.each([
    ['rounds', generatedRound],
    ['rounds of several lots', crowdedRound],
    ['rounds under policies and profiles that they carry', ruledRound],
  ])('of %s gives the same bytes', (_says, rounds: fc.Arbitrary<unknown>) => {
    fc.assert(
      fc.property(rounds, (round) => {
        expect(new Replayer().replay(clear(round).record)).toEqual(EQUAL);
      }),
      { numRuns: 400 },
    );
  });

  test('of OpenRTB auctions gives the same bytes', () => {
    fc.assert(
      fc.property(generatedAuction, (auction) => {
        expect(new Replayer().replay(clearOpenRtb(auction).record)).toEqual(EQUAL);
      }),
      { numRuns: 1500 },
    );
  });

  const decided = OPENRTB_CASES.filter(([, asked]) => 'cleared' in clearOrRefuseOpenRtb(asked));
  test.each(decided)('of the OpenRTB case %s gives the same bytes', (_file, asked) => {
    expect(new Replayer().replay(clearOpenRtb(asked).record)).toEqual(EQUAL);
  });
});
