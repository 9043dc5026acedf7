import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/base/errors.js';
import { isOpenRtbLoss, type LossReason, LOSSES } from '../../src/base/loss-reasons.js';
import { ROUND_CASES, type RoundCase } from './case-files.js';
import { clearOrRefuse } from './clearing.js';

describe('round cases', () => {
  test.each(ROUND_CASES)('%s', (_file, roundCase) => {
    check(roundCase);
  });
});

function check({ round, answer, refusal }: Omit<RoundCase, 'says'>): void {
  const clearing = clearOrRefuse(round);
  if ('refusal' in clearing) {
    expect({ code: clearing.refusal.code, path: clearing.refusal.path }).toEqual(refusal);
  } else {
    expect(JSON.parse(clearing.cleared.answer)).toEqual(answer);
  }
}

/** Refusals of other addresses than that of rounds. */
const ELSEWHERE = ['INVALID_CHECK', 'INVALID_NAME', 'INVALID_BID_REQUEST', 'IDEMPOTENCY_MISMATCH'];

describe('the cases', () => {
  test('hold every loss reason', () => {
    const shown = ROUND_CASES.flatMap(([, { answer }]) => answer?.losses ?? []);
    const owed = Object.keys(LOSSES).filter((reason) => !isOpenRtbLoss(reason as LossReason));
    expect(new Set(shown.map(({ reason }) => reason))).toEqual(new Set(owed));
  });

  test('hold every refusal of a body that is JSON', () => {
    const declared = Object.entries(ERRORS).filter(
      ([code, { status }]) => status === 422 && !ELSEWHERE.includes(code),
    );
    const shown = ROUND_CASES.flatMap(([, { refusal }]) => refusal ?? []);
    expect(new Set(shown.map(({ code }) => code))).toEqual(new Set(declared.map(([code]) => code)));
  });

  test('are no formality: a cent more, or another code, fails', () => {
    const [, { round, answer }] = ROUND_CASES.find(([, each]) => each.answer?.awards.length === 1)!;
    const dearer = answer!.awards.map((award) => ({ ...award, price: award.price + 0.01 }));
    expect(() => {
      check({ round, answer: { ...answer!, awards: dearer } });
    }).toThrow();
    expect(() => {
      check({ round: { ...round, lots: [] }, refusal: { code: 'UNKNOWN_LOT', path: '/lots' } });
    }).toThrow();
  });
});
