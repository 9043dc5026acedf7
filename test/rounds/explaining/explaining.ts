import { explainRecord } from '../../../src/rounds/explaining/explain-record.js';
import { PublishedRules } from '../../../src/rounds/replay/published-rules.js';
import { RecordedRulings } from '../../../src/rounds/replay/recorded-rulings.js';
import type { Change, Explanation } from '../../../src/schema/explanation.js';

const ALONE = new RecordedRulings(new PublishedRules());

/** The explanation of a record that carries its rules, if it has any. */
export function explain(record: string): Explanation {
  const explained = explainRecord(record, ALONE);
  if ('refusal' in explained) throw new Error(JSON.stringify(explained.refusal));
  return explained.explanation;
}

export interface Told {
  readonly lot: string;
  readonly bid: string;
  readonly price: number;
  readonly reason: string;
  readonly change: Change;
}

/** Every loser, and what would have won. */
export function losersOf({ lots }: Explanation): readonly Told[] {
  return lots.flatMap(({ lot, stopped, ranked }) =>
    [...stopped, ...ranked].flatMap(({ bid, price, reason, change }) =>
      change === undefined || reason === undefined ? [] : [{ lot, bid, price, reason, change }],
    ),
  );
}
