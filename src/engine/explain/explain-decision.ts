import { type Refusal, refuse } from '../../base/errors.js';
import { formatRecordId, parseRecordId, type RecordAddress } from '../../base/ids.js';
import { explainSubject, type ToldForm } from '../../rounds/explaining/explain-told.js';
import { recordAt } from '../../trail/retention.js';
import type { RoundReply } from '../round-reply.js';
import type { Ledger } from '../ledger-port.js';
import type { Journal } from '../ports.js';
import { findBlock } from '../trail/find-block.js';
import { findRound } from '../trail/find-round.js';
import { nothingThere, readStory, type Refused } from '../trail/read-story.js';

export interface ExplainPorts {
  readonly ledger: Ledger;
  readonly journal: Journal;
  /** Explains on a worker; undefined when the engine has all the work it accepts. */
  readonly explainRecord: (subject: string, bytes: Buffer) => Promise<RoundReply> | undefined;
}

export type ExplainDecision = (id: string, form: ToldForm) => Promise<{ readonly told: Buffer } | Refused>;

/** The story of an explanation: find the record of the decision, and tell it on a worker. The newest record of a round is told. */
export function explainDecisionWith(ports: ExplainPorts): ExplainDecision {
  return async (id, form) => {
    const found = await readStory(ports.journal, () => findRecord(ports.ledger, id));
    if ('refusal' in found) return found;
    const reply = await ports.explainRecord(
      explainSubject(form, formatRecordId(found.address)),
      found.record,
    );
    if (reply === undefined) return { refusal: refuse('OVERLOADED') };
    return 'refusal' in reply ? { refusal: worded(reply.refusal) } : { told: reply.answer };
  };
}

interface FoundRecord {
  readonly address: RecordAddress;
  readonly record: Buffer;
}

async function findRecord(ledger: Ledger, id: string): Promise<FoundRecord | Refused> {
  const address = parseRecordId(id) ?? (await findRound(ledger, id))?.latest;
  if (address === undefined) return nothingThere('No record of this round is kept.');
  const block = await findBlock(ledger, address);
  if ('refusal' in block) return block;
  if (block.retention === 'digest') return { refusal: refuse('RECORD_NOT_KEPT') };
  return { address, record: recordAt(block.body, address.index, 'full')! };
}

/** A path points into the record, which the caller has not sent. */
function worded({ code, message }: Refusal): Refusal {
  return refuse(code, message);
}
