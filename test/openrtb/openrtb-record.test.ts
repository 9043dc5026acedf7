import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../trail/canonical-json.js';
import { OPENRTB_CASES } from './case-files.js';
import { clearOpenRtb, clearOrRefuseOpenRtb } from './clearing.js';
import { type RecordJson, requestOfRecord } from './request-of-record.js';

/** Every case that is decided, and whose policies and profile the record holds itself. */
const DECIDED = OPENRTB_CASES.filter(([, asked]) => !('refusal' in clearOrRefuseOpenRtb(asked)));

describe('the record of an OpenRTB auction', () => {
  test.each(DECIDED)('%s', (_file, asked) => {
    const { record } = clearOpenRtb(asked);
    expect(record).toBe(canonicalJson(JSON.parse(record)));
    const told = JSON.parse(record) as RecordJson;
    const again = JSON.parse(clearOpenRtb(requestOfRecord(told)).record) as RecordJson;
    expect(decisive(again)).toEqual(decisive(told));
  });

  test('is written of many cases', () => {
    expect(DECIDED.length).toBeGreaterThan(150);
  });
});

/** Bids that could not be read decided nothing; the list of currencies names those that were used when it is made again. */
function decisive(record: RecordJson) {
  const lists = Object.entries(record.request ?? {}).filter(([name]) => name !== 'cur');
  return { ...record, unreadable: undefined, request: Object.fromEntries(lists) };
}
