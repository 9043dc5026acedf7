import type { Clock } from '../base/clock.js';
import { type Refusal, refuse } from '../base/errors.js';
import { type CatalogueKind, referenceTo } from '../schema/catalogue.js';
import { checkDocument } from './check-document.js';
import type { NodeLog } from './node-log.js';
import type { Catalogue } from './catalogue.js';
import type { Draft, Ledger } from './ledger-port.js';
import type { Journal } from './ports.js';
import { PublicationRecords } from './publication-records.js';

export interface PublishPorts {
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
  | {
      readonly version: number;
      readonly isNew: boolean;
      readonly recordId: string | undefined;
      /** It was published before, by the same request. */
      readonly isReplayed?: true;
    }
  | { readonly refusal: Refusal };

export type Publish = (submission: Submission) => Promise<Publishing>;

/**
 * The story of a new version: check the document, publish it, put it in force here, write its record. The record has
 * the document, so that whoever holds the trail holds the rules its decisions were made under. What the ledger has is
 * in force, also when the record fails: the caller is then told 503, and sending the document again is safe and
 * answers only when the record stands.
 */
export function publishWith(ports: PublishPorts): Publish {
  const records = new PublicationRecords(ports);
  return async ({ kind, name, bytes, expected }) => {
    const checked = checkDocument(kind, bytes, ports.nestingMax);
    if ('refusal' in checked) return checked;
    const draft = { kind, name, document: checked.document };
    const result = await attempt(ports, () => ports.ledger.publish(draft, expected));
    if (result === undefined) return { refusal: untold(draft) };
    if ('full' in result) return { refusal: refuse('CATALOGUE_FULL') };
    if ('stale' in result) return { refusal: stale(draft, result.stale.newest) };
    const { version, isNew } = result;
    if (isNew) records.owe({ ...draft, version });
    const written = await attempt(ports, async () => {
      await ports.catalogue.follow();
      const inForce = ports.catalogue.find(kind, referenceTo(name, version))?.document;
      // A ledger that lost what it had counts versions anew, and this node would go on deciding under the lost ones.
      if (inForce !== draft.document) throw new Error('the ledger lost versions: restart this node');
      return { recordId: await records.idOf({ ...draft, version }) };
    });
    return written === undefined ? { refusal: unrecorded(draft, version) } : { version, isNew, ...written };
  };
}

/** Undefined, and told to the journal, when the step fails. */
async function attempt<T>({ journal }: PublishPorts, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    journal.fault('a document could not be published', error);
    return undefined;
  }
}

function untold({ kind, name }: Draft): Refusal {
  const truth = `The ledger did not say whether it took the ${kind} ${name}`;
  return refuse('OUTCOME_UNKNOWN', `${truth}; send the same document again.`);
}

function unrecorded({ kind, name }: Draft, version: number): Refusal {
  const truth = `Version ${version} of the ${kind} ${name} is published, and its record is not known to stand`;
  return refuse('OUTCOME_UNKNOWN', `${truth}; send the same document again.`);
}

function stale({ kind, name }: Draft, newest: number): Refusal {
  const truth = newest === 0 ? `There is no ${kind} ${name}` : `The newest version of ${name} is ${newest}`;
  return refuse('STALE_VERSION', `${truth}; nothing was published.`);
}
