import { TypeCompiler } from '@sinclair/typebox/compiler';
import { canonicalJson } from '../../base/canonical-json.js';
import type { NamedPolicy } from '../../policy/named-policy.js';
import { readPolicy } from '../../policy/read-policy.js';
import { referenceTo } from '../../schema/catalogue.js';
import { CompiledSource, type PublicationRecord } from '../../schema/publication-record.js';
import type { CompiledProfile } from '../../scoring/compiled-profile.js';
import { writePublication } from '../../trail/publication.js';
import type { RulesByReference } from './recorded-rulings.js';
import type { Replayed } from './replayed.js';
import { compareTexts } from './first-difference.js';

const PROFILE = TypeCompiler.Compile(CompiledSource);

/**
 * The policies and profiles of a trail, as its own records have them. Versions come in any order and with gaps, because
 * every node writes those that it publishes, and old blocks are trimmed.
 */
export class PublishedRules implements RulesByReference {
  readonly #policies = new Map<string, NamedPolicy>();
  readonly #profiles = new Map<string, CompiledProfile>();
  /** What the first record of each version says, but for its time. */
  readonly #documents = new Map<string, string>();

  findPolicy(reference: string): NamedPolicy | undefined {
    return this.#policies.get(reference);
  }

  findProfile(reference: string): CompiledProfile | undefined {
    return this.#profiles.get(reference);
  }

  /** Takes the document of a record. A version may stand in the trail twice, and then has to be the same. */
  take(record: PublicationRecord, text: string): Replayed {
    const { kind, name, number } = record;
    const reference = referenceTo(name, number);
    const document = canonicalJson(record.document);
    const before = this.#documents.get(`${kind} ${reference}`);
    const again = writePublication(record.at, { kind, name, version: number, document: before ?? document });
    if (before === undefined) {
      const fault = this.#learn(record, reference);
      if (fault !== undefined) return { outcome: 'impossible', reason: `${reference}: ${fault}` };
      this.#documents.set(`${kind} ${reference}`, document);
    }
    return again === text ? { outcome: 'read' } : compareTexts(text, again);
  }

  #learn(
    { kind, name, number: version, document }: PublicationRecord,
    reference: string,
  ): string | undefined {
    if (kind === 'profile') {
      if (!PROFILE.Check(document)) return 'the record does not hold the tables of a profile';
      this.#profiles.set(reference, document.compiled);
      return undefined;
    }
    const reading = readPolicy(document);
    if ('faults' in reading) return reading.faults[0]?.message ?? 'the record does not hold a policy';
    this.#policies.set(reference, { name, version, document: reading.document });
    return undefined;
  }
}
