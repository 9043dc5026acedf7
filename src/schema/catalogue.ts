/** Policies and profiles have names and versions; a version never changes. */

export const CATALOGUE_KINDS = ['policy', 'profile'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** One version, published. */
export interface Publication {
  readonly kind: CatalogueKind;
  readonly name: string;
  /** Counts from 1 for each kind and name. */
  readonly version: number;
  /** Canonical JSON. */
  readonly document: string;
}

/** Documents carried in a round are called this and a part of their hash, so no name in the catalogue begins so. */
export const CARRIED_PREFIX = 'inline-';
/** What stands for the version of a document that has none. */
export const CARRIED_VERSION = 0;
export const CATALOGUE_NAME_PATTERN = `^(?!${CARRIED_PREFIX})[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`;

/** Names of policies and profiles together; a list has to stay something that can be listed. */
export const CATALOGUE_NAMES_MAX = 10_000;

const NAME = new RegExp(CATALOGUE_NAME_PATTERN);
const REFERENCE = /^([^@]+)(?:@([1-9]\d{0,8}))?$/;

export function isCatalogueName(text: string): boolean {
  return NAME.test(text);
}

/** `house@3`; without a version the newest one is meant. The inverse of readReference. */
export function referenceTo(name: string, version: number | undefined): string {
  return version === undefined ? name : `${name}@${version}`;
}

/** Undefined when the text names nothing that a catalogue could hold. */
export function readReference(
  text: string,
): { readonly name: string; readonly version: number | undefined } | undefined {
  const match = REFERENCE.exec(text);
  if (match === null || !NAME.test(match[1]!)) return undefined;
  return { name: match[1]!, version: match[2] === undefined ? undefined : Number(match[2]) };
}
