import type { DecisionRecord } from '../../schema/record.js';
import { decideAgain } from './decide-again.js';
import { compareTexts } from './first-difference.js';
import { PublishedRules } from './published-rules.js';
import { readRecord, type ReadRecord } from './read-record.js';
import { RecordedRulings } from './recorded-rulings.js';
import type { Replayed } from './replayed.js';

/** Decides the records of a trail again, and compares. It learns the rules from the records that publish them. */
export class Replayer {
  readonly #rules = new PublishedRules();
  /** What decisions were made under, as far as their rules have come. */
  readonly rulings = new RecordedRulings(this.#rules);

  /** Takes note of a policy or profile; of other records nothing. */
  learn(text: string): void {
    const record = readRecord(text);
    if ('publication' in record) this.#rules.take(record.publication, text);
  }

  replay(text: string): Replayed {
    const record: ReadRecord = readRecord(text);
    if ('fault' in record) return { outcome: 'impossible', reason: record.fault };
    if ('birth' in record) return { outcome: 'read' };
    if ('publication' in record) return this.#rules.take(record.publication, text);
    return this.#decide(record.decision, text);
  }

  #decide(record: DecisionRecord, text: string): Replayed {
    try {
      const again = decideAgain(record, this.rulings);
      if (!('refusal' in again)) return compareTexts(text, again.text);
      const { code, message: reason } = again.refusal;
      const isLacking = code === 'UNKNOWN_POLICY' || code === 'UNKNOWN_PROFILE';
      return { outcome: isLacking ? 'lacks-rules' : 'impossible', reason };
    } catch (error) {
      // A record that was changed may say what no reader lets in, and break what may rely on that.
      return { outcome: 'impossible', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
