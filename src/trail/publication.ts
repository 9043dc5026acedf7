import type { Publication } from '../schema/catalogue.js';

/**
 * The record of a policy or profile that was published: whoever holds the trail holds the rules its decisions were
 * made under. Canonical JSON (RFC 8785): members in the order of their names; the document is canonical already.
 * `number` is the version of the document, `version` that of the form of the record.
 */
export function writePublication(atMs: number, { kind, name, version, document }: Publication): string {
  return `{"at":${atMs},"document":${document},"kind":"${kind}","name":"${name}","number":${version},"version":1}`;
}
