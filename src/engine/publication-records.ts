import { LRUCache } from 'lru-cache';
import type { Clock } from '../base/clock.js';
import { formatRecordId } from '../base/ids.js';
import { hashRecords } from '../rounds/batch/batch-trail.js';
import { type Publication, referenceTo } from '../schema/catalogue.js';
import { writePublication } from '../trail/publication.js';
import { type Appended, type NodeLog, UNKNOWN } from './node-log.js';

export interface RecordPorts {
  /** Undefined when no records are kept. */
  readonly log: NodeLog | undefined;
  readonly clock: Clock;
}

/** A version whose record was forgotten here is recorded again when its document is sent again. */
const REMEMBERED_MAX = 10_000;
const NOT_FOUND_BY_ROUND = Buffer.alloc(0);

/**
 * The records of published versions. A version is owed a record from its making until the log has it, and the next
 * block takes all that are owed. One that this node knows no record of gets one, because the node that made it may
 * have stopped before. So no record is lost, and in such a case one may stand twice.
 */
export class PublicationRecords {
  readonly #ports: RecordPorts;
  readonly #owed = new Map<string, Publication>();
  readonly #ids = new LRUCache<string, string>({ max: REMEMBERED_MAX });
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: RecordPorts) {
    this.#ports = ports;
  }

  owe(publication: Publication): void {
    if (this.#ports.log !== undefined) this.#owed.set(keyOf(publication), publication);
  }

  /** The id of the record, which is written first if it has to be; undefined when no records are kept. @throws */
  idOf(publication: Publication): Promise<string | undefined> {
    const id = this.#turn.then(async () => {
      if (!this.#ids.has(keyOf(publication))) await this.#write(publication);
      return this.#ids.get(keyOf(publication));
    });
    this.#turn = id.catch(() => undefined);
    return id;
  }

  async #write(wanted: Publication): Promise<void> {
    this.owe(wanted);
    const owed = [...this.#owed];
    const block = await this.#append(owed.map(([, publication]) => publication));
    if (block === undefined) return;
    if (block === UNKNOWN) throw new Error('the ledger did not say whether it has the records');
    for (const [index, [key]] of owed.entries()) {
      this.#owed.delete(key);
      this.#ids.set(key, formatRecordId({ ...block, index }));
    }
  }

  async #append(publications: readonly Publication[]): Promise<Appended | undefined> {
    const { log, clock } = this.#ports;
    if (log === undefined || publications.length === 0) return undefined;
    const atMs = clock.nowMs();
    const records = publications.map((publication) => writePublication(atMs, publication));
    const { recordsRoot, body } = hashRecords(records, 'full');
    const content = { atMs, count: records.length, recordsRoot };
    return log.append({ content, body, roundKeys: NOT_FOUND_BY_ROUND, retention: 'full' });
  }
}

function keyOf({ kind, name, version }: Publication): string {
  return `${kind} ${referenceTo(name, version)}`;
}
