import type { Draft, PublishResult } from '../engine/ledger-port.js';
import { publicationSize } from '../rounds/rules/shared-catalogue.js';
import { CATALOGUE_NAMES_MAX, type Publication } from '../schema/catalogue.js';

/** Every version of every policy and profile, oldest first. Bounded, and nothing ever goes: decisions name versions. */
export class MemoryCatalogue {
  readonly #bytesMax: number;
  readonly #publications: Publication[] = [];
  readonly #newest = new Map<string, Publication>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  publish(draft: Draft, expected: number | undefined): PublishResult {
    const key = `${draft.kind} ${draft.name}`;
    const newest = this.#newest.get(key);
    const version = newest?.version ?? 0;
    if (newest?.document === draft.document) return { version, isNew: false };
    if (expected !== undefined && expected !== version) return { stale: { newest: version } };
    const publication = { ...draft, version: version + 1 };
    const bytes = this.#bytes + publicationSize(publication);
    if (bytes > this.#bytesMax || (version === 0 && this.#newest.size === CATALOGUE_NAMES_MAX))
      return { full: true };
    this.#bytes = bytes;
    this.#newest.set(key, publication);
    this.#publications.push(publication);
    return { version: publication.version, isNew: true };
  }

  readAfter(after: number): readonly Publication[] {
    return this.#publications.slice(after);
  }
}
