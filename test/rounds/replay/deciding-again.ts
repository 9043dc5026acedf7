import { type DecidedAgain, decideAgain } from '../../../src/rounds/replay/decide-again.js';
import { PublishedRules } from '../../../src/rounds/replay/published-rules.js';
import { RecordedRulings } from '../../../src/rounds/replay/recorded-rulings.js';
import type { DecisionRecord } from '../../../src/schema/record.js';

const ALONE = new RecordedRulings(new PublishedRules());

/** The decision of a record that carries its rules, if it has any. */
export function decideAgainAlone(record: DecisionRecord): DecidedAgain {
  const again = decideAgain(record, ALONE);
  if ('refusal' in again) throw new Error(JSON.stringify(again.refusal));
  return again;
}
