import type { Refusal } from '../base/errors.js';
import type { Submission } from './publish.js';
import { checkDocument } from './check-document.js';
import type { Catalogue } from './catalogue.js';

export interface ForesightPorts {
  readonly catalogue: Catalogue;
  readonly nestingMax: number;
}

/** A document, and the name it may be published under; without one it is taken for the first of a new name. */
export type Trial = Pick<Submission, 'kind' | 'bytes'> & { readonly name: string | undefined };

export type Foresight = { readonly version: number } | { readonly refusal: Refusal };

export type ForeseeVersion = (trial: Trial) => Foresight;

/**
 * The story of a document that is only checked: the version that publishing it would answer, as far as this node
 * knows. It promises nothing, because others may publish first, or fill the catalogue.
 */
export function foreseeVersionWith({ catalogue, nestingMax }: ForesightPorts): ForeseeVersion {
  return ({ kind, name, bytes }) => {
    const checked = checkDocument(kind, bytes, nestingMax);
    if ('refusal' in checked) return checked;
    const newest = name === undefined ? undefined : catalogue.find(kind, name);
    if (newest === undefined) return { version: 1 };
    return { version: newest.document === checked.document ? newest.version : newest.version + 1 };
  };
}
