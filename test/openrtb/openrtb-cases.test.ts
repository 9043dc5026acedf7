import { describe, expect, test } from 'vitest';
import { LOSSES, type LossReason } from '../../src/base/loss-reasons.js';
import { OPENRTB_CASES, type OpenRtbCase } from './case-files.js';
import { clearOrRefuseOpenRtb } from './clearing.js';

describe('OpenRTB cases', () => {
  test.each(OPENRTB_CASES)('%s', (_file, openRtbCase) => {
    check(openRtbCase);
  });
});

function check({ answer, refusal, ...asked }: Omit<OpenRtbCase, 'says'>): void {
  const clearing = clearOrRefuseOpenRtb(asked);
  if ('refusal' in clearing) {
    expect({ code: clearing.refusal.code, path: clearing.refusal.path }).toEqual(refusal);
  } else {
    expect(JSON.parse(clearing.cleared.answer)).toEqual(answer);
  }
}

/** OpenRTB knows no reserve, so no bid can miss one here. */
const ELSEWHERE: readonly LossReason[] = ['RESERVE_NOT_MET'];

describe('the OpenRTB cases', () => {
  test('hold every loss reason of this door, with its code', () => {
    const shown = OPENRTB_CASES.flatMap(([, { answer }]) => answer?.ext.parley.losses ?? []);
    const declared = Object.entries(LOSSES)
      .filter(([reason]) => !ELSEWHERE.includes(reason as LossReason))
      .map(([reason, { code }]) => `${code} ${reason}`);
    expect(new Set(shown.map(({ code, reason }) => `${code} ${reason}`))).toEqual(new Set(declared));
  });

  test('are no formality: a cent more, or another code, fails', () => {
    const [, { answer, ...asked }] = OPENRTB_CASES.find(([file]) => file.includes('runner-up-under'))!;
    const price = answer!.seatbid![0]!.bid[0]!.price;
    expect(() => {
      check({ ...asked, answer: withPrice(answer!, price) });
    }).not.toThrow();
    expect(() => {
      check({ ...asked, answer: withPrice(answer!, price + 0.01) });
    }).toThrow();
    expect(() => {
      check({ ...asked, responses: {}, refusal: { code: 'DUPLICATE_ID', path: '/responses' } });
    }).toThrow();
  });
});

function withPrice(
  answer: NonNullable<OpenRtbCase['answer']>,
  price: number,
): NonNullable<OpenRtbCase['answer']> {
  const [seatbid] = answer.seatbid!;
  return { ...answer, seatbid: [{ ...seatbid!, bid: [{ ...seatbid!.bid[0]!, price }] }] };
}
