import type { Clock } from '../base/clock.js';
import { type Refusal, refuse } from '../base/errors.js';
import { formatRecordId } from '../base/ids.js';
import type { CatalogueKind, Publication } from '../schema/catalogue.js';
import { leafHash, treeRoot } from '../trail/merkle.js';
import { writePublication } from '../trail/publication.js';
import { checkDocument } from './check-document.js';
import { type Appended, type NodeLog, UNKNOWN } from './node-log.js';
import type { Catalogue } from './catalogue.js';
import type { Draft, Journal, Ledger } from './ports.js';

export interface PublishPorts {
  readonly node: string;
  readonly ledger: Ledger;
  readonly catalogue: Catalogue;
  /** Undefined when no records are kept. */
  readonly log: NodeLog | undefined;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly nestingMax: number;
}

export interface Submission {
  readonly kind: CatalogueKind;
  readonly name: string;
  readonly bytes: Buffer;
  /** The version the caller believes to be the newest; undefined: it does not say. */
  readonly expected: number | undefined;
}

export type Publishing =
  | { readonly version: number; readonly isNew: boolean; readonly recordId: string | undefined }
  | { readonly refusal: Refusal };

export type Publish = (submission: Submission) => Promise<Publishing>;

/**
 * The story of a new version: check the document, publish it, write its record, put it in force here. The record has
 * the document, so that whoever holds the trail holds the rules its decisions were made under. When the ledger has the
 * version and the record fails, the caller is told 503 and the version is in force; sent again, the document gets the
 * same version and its record.
 */
export function publishWith(ports: PublishPorts): Publish {
  const unrecorded = new Set<string>();
  return async (submission) => {
    const checked = checkDocument(submission.kind, submission.bytes, ports.nestingMax);
    if ('refusal' in checked) return checked;
    const draft = { kind: submission.kind, name: submission.name, document: checked.document };
    try {
      return await publish(ports, draft, submission.expected, unrecorded);
    } catch (error) {
      ports.journal.fault(`${draft.kind} ${draft.name} could not be published`, error);
      return { refusal: refuse('LEDGER_UNAVAILABLE') };
    }
  };
}

async function publish(
  ports: PublishPorts,
  draft: Draft,
  expected: number | undefined,
  unrecorded: Set<string>,
): Promise<Publishing> {
  const result = await ports.ledger.publish(draft, expected);
  if ('full' in result) return { refusal: refuse('CATALOGUE_FULL') };
  if ('stale' in result) return { refusal: stale(draft, result.stale.newest) };
  const { version, isNew } = result;
  const key = `${draft.kind} ${draft.name}@${version}`;
  if (isNew) unrecorded.add(key);
  await ports.catalogue.follow();
  if (!unrecorded.has(key)) return { version, isNew, recordId: undefined };
  const block = await record(ports, { ...draft, version });
  if (block === UNKNOWN) return { refusal: refuse('OUTCOME_UNKNOWN') };
  unrecorded.delete(key);
  const recordId = block === undefined ? undefined : formatRecordId({ node: ports.node, block, index: 0 });
  return { version, isNew, recordId };
}

function stale({ kind, name }: Draft, newest: number): Refusal {
  const truth = newest === 0 ? `There is no ${kind} ${name}` : `The newest version of ${name} is ${newest}`;
  return refuse('STALE_VERSION', `${truth}; nothing was published.`);
}

async function record({ log, clock }: PublishPorts, publication: Publication): Promise<Appended | undefined> {
  if (log === undefined) return undefined;
  const atMs = clock.nowMs();
  const text = writePublication(atMs, publication);
  const content = { atMs, count: 1, recordsRoot: treeRoot([leafHash(text)]) };
  return log.append(content, Buffer.from(`${text}\n`), 'full');
}
