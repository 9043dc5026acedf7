import { canonicalJson } from '../base/canonical-json.js';
import { CatalogueWriter } from '../rounds/rules/shared-catalogue.js';
import { Versions, type Version } from '../rounds/rules/versions.js';
import { CATALOGUE_KINDS, type CatalogueKind, type Publication } from '../schema/catalogue.js';
import type { Ledger } from './ledger-port.js';

/** The node's view of the catalogue: what it answers from, and what it shows its workers. */
export class Catalogue {
  readonly #ledger: Ledger;
  readonly #writer: CatalogueWriter;
  readonly #versions = new Map(CATALOGUE_KINDS.map((kind) => [kind, new Versions<string>()]));
  readonly #counts: Record<CatalogueKind, number> = { policy: 0, profile: 0 };
  #turn: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger, bytesMax: number) {
    this.#ledger = ledger;
    this.#writer = new CatalogueWriter(bytesMax);
  }

  /** For the workers: they read from it what is new before each batch. */
  get shared(): SharedArrayBuffer {
    return this.#writer.shared;
  }

  get bytes(): number {
    return this.#writer.bytes;
  }

  /** Publications taken over so far. */
  get count(): number {
    return this.#counts.policy + this.#counts.profile;
  }

  countOf(kind: CatalogueKind): number {
    return this.#counts[kind];
  }

  /** Takes over what the ledger has and this node has not: when it resolves, every batch sent later is under it. */
  follow(): Promise<void> {
    const followed = this.#turn.then(async () => {
      for (const publication of await this.#ledger.readPublications(this.count)) this.#take(publication);
    });
    this.#turn = followed.catch(() => undefined);
    return followed;
  }

  /** `house@3`, or `house` for its newest version. The document is canonical JSON. */
  find(kind: CatalogueKind, reference: string): Version<string> | undefined {
    return this.#versions.get(kind)!.find(reference);
  }

  /** The newest version of every name behind `after`, by name. */
  list(kind: CatalogueKind, after: string, limit: number): readonly Version<string>[] {
    return this.#versions.get(kind)!.newest(after, limit);
  }

  #take(publication: Publication): void {
    this.#writer.append(publication);
    this.#versions.get(publication.kind)!.add(publication);
    this.#counts[publication.kind]++;
  }
}

/** A version as it was published: with a profile, the tables that were made of it are left out. */
export function showVersion(
  kind: CatalogueKind,
  found: Version<string> | undefined,
): Version<string> | undefined {
  if (found === undefined || kind === 'policy') return found;
  const { source } = JSON.parse(found.document) as { readonly source: unknown };
  return { ...found, document: canonicalJson(source) };
}
