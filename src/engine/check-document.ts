import { canonicalJson } from '../base/canonical-json.js';
import { type Refusal, refuse } from '../base/errors.js';
import { readPolicy } from '../policy/read-policy.js';
import { parseJson } from '../rounds/reading/parse-json.js';
import type { CatalogueKind } from '../schema/catalogue.js';
import { compileProfile } from '../scoring/compile-profile.js';

/** A document as the catalogue keeps it, canonical JSON; or what is wrong with it. */
export type CheckedDocument = { readonly document: string } | { readonly refusal: Refusal };

/** A profile is kept with the tables it was compiled into, so that later versions of Parley score alike. */
export function checkDocument(kind: CatalogueKind, bytes: Buffer, nestingMax: number): CheckedDocument {
  const parsed = parseJson(bytes, nestingMax);
  if ('refusal' in parsed) return parsed;
  return kind === 'policy' ? checkPolicyDocument(parsed.value) : checkProfileDocument(parsed.value);
}

function checkPolicyDocument(value: unknown): CheckedDocument {
  const reading = readPolicy(value);
  if ('faults' in reading) return misfit('INVALID_POLICY', reading.faults);
  return { document: canonicalJson(reading.document) };
}

function checkProfileDocument(value: unknown): CheckedDocument {
  const compilation = compileProfile(value);
  if ('faults' in compilation) return misfit('INVALID_PROFILE', compilation.faults);
  return { document: canonicalJson({ compiled: compilation.profile, source: value }) };
}

const FAULTS_TOLD_MAX = 3;

interface Fault {
  readonly path: string;
  readonly message: string;
}

function misfit(code: 'INVALID_POLICY' | 'INVALID_PROFILE', faults: readonly Fault[]): CheckedDocument {
  const told = faults.slice(0, FAULTS_TOLD_MAX).map(tell);
  const more = faults.length > told.length ? ` And ${faults.length - told.length} more.` : '';
  return { refusal: refuse(code, `${told.join(' ')}${more}`, faults[0]?.path) };
}

/** A sentence that says where, for rooms that word the two apart. */
function tell({ path, message }: Fault): string {
  const placed = message.startsWith(path) ? message : `${path}: ${message}`;
  return placed.endsWith('.') ? placed : `${placed}.`;
}
