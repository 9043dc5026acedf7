import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.js';
import { type Refusal, refuse } from '../../base/errors.js';
import { readPolicy } from '../../policy/read-policy.js';
import { CARRIED_PREFIX, CARRIED_VERSION } from '../../schema/catalogue.js';
import { compileProfile } from '../../scoring/compile-profile.js';
import type { CompiledProfile } from '../../scoring/compiled-profile.js';
import type { CitedPolicy, CitedProfile } from './ruling.js';

const DIGEST_HEX_LENGTH = 16;

/** A policy that a round carries. It has no version; its name is a part of its hash. */
export function citeCarriedPolicy(wanted: unknown, path: string): Cited<CitedPolicy> {
  const reading = readPolicy(wanted);
  if ('faults' in reading) return misfit('INVALID_POLICY', reading.faults[0], path);
  const citation = cite(wanted);
  const policy = { name: citation.reference, version: CARRIED_VERSION, document: reading.document };
  return { cited: { ...citation, policy } };
}

export function citeCarriedProfile(wanted: unknown, path: string): Cited<CitedProfile> {
  const compilation = compileProfile(wanted);
  if ('faults' in compilation) return misfit('INVALID_PROFILE', compilation.faults[0], path);
  return { cited: carryCompiled({ compiled: compilation.profile, source: wanted }) };
}

/**
 * A profile with its tables, which the record has, too: computing a logarithm again may give another last digit. Its name
 * is that of the document alone.
 */
export function carryCompiled({ compiled, source }: CompiledSource): CitedProfile {
  return { ...cite(source), carried: canonicalJson({ compiled, source }), compiled };
}

/** A profile as the catalogue keeps it, and records do. */
export interface CompiledSource {
  readonly compiled: CompiledProfile;
  readonly source: unknown;
}

export type Cited<T> = { readonly cited: T } | { readonly refusal: Refusal };

function cite(document: unknown) {
  const carried = canonicalJson(document);
  const digest = createHash('sha256').update(carried).digest('hex');
  return { reference: `${CARRIED_PREFIX}${digest.slice(0, DIGEST_HEX_LENGTH)}`, carried };
}

function misfit(
  code: 'INVALID_POLICY' | 'INVALID_PROFILE',
  fault: { readonly path: string; readonly message: string } | undefined,
  path: string,
): { readonly refusal: Refusal } {
  return { refusal: refuse(code, fault?.message, `${path}${fault?.path ?? ''}`) };
}
