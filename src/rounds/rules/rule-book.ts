import { LRUCache } from 'lru-cache';
import { type Refusal, refuse } from '../../base/errors.js';
import { type CatalogueKind, type Publication, readReference, referenceTo } from '../../schema/catalogue.js';
import type { PolicyDocument } from '../../schema/policy.js';
import type { RoundRequest } from '../../schema/round.js';
import type { CompiledProfile } from '../../scoring/compiled-profile.js';
import { type Cited, citeCarriedPolicy, citeCarriedProfile } from './carried-documents.js';
import { type CitedPolicy, type CitedProfile, compileRuling, NO_RULING, type Ruling } from './ruling.js';
import { type Version, Versions } from './versions.js';

/** What a round names or carries. */
export type RuleRequest = Pick<RoundRequest, 'policies' | 'profile'>;
export type RulingResult = { readonly ruling: Ruling } | { readonly refusal: Refusal };

/** Rulings kept ready: as many combinations as a platform is likely to use side by side. */
const RULINGS_MAX = 256;
/** Documents carried in rounds that are kept ready, in characters. */
const CARRIED_LENGTH_MAX = 4 * 1_048_576;

/**
 * Every policy and profile that a worker knows, and the rulings compiled from them. A ruling is compiled when it is
 * first asked for, and again only when one of its names has got a new version.
 */
export class RuleBook {
  readonly #policies = new Versions<PolicyDocument>();
  readonly #profiles = new Versions<CompiledProfile>();
  readonly #carriedPolicies = carriedCache<CitedPolicy>();
  readonly #carriedProfiles = carriedCache<CitedProfile>();
  readonly #rulings = new LRUCache<string, Ruling>({ max: RULINGS_MAX });

  publish({ kind, name, version, document }: Publication): void {
    const parsed: unknown = JSON.parse(document);
    if (kind === 'policy') this.#policies.add({ name, version, document: parsed as PolicyDocument });
    else {
      const { compiled } = parsed as { readonly compiled: CompiledProfile };
      this.#profiles.add({ name, version, document: compiled });
    }
  }

  findPolicy(reference: string): Version<PolicyDocument> | undefined {
    return this.#policies.find(reference);
  }

  findProfile(reference: string): CompiledProfile | undefined {
    return this.#profiles.find(reference)?.document;
  }

  /** What a round is to be decided under; a refusal when something it names does not exist or does not fit. */
  rulingFor({ policies = [], profile }: RuleRequest): RulingResult {
    if (policies.length === 0 && profile === undefined) return { ruling: NO_RULING };
    const cited = new Map<string, CitedPolicy>();
    for (const [index, wanted] of policies.entries()) {
      const found = this.#citePolicy(wanted, `/policies/${index}`);
      if ('refusal' in found) return found;
      cited.set(found.cited.reference, found.cited);
    }
    const scoring = profile === undefined ? undefined : this.#citeProfile(profile);
    if (scoring !== undefined && 'refusal' in scoring) return scoring;
    return { ruling: this.#ready([...cited.values()], scoring?.cited) };
  }

  #ready(policies: readonly CitedPolicy[], profile: CitedProfile | undefined): Ruling {
    const key = `${policies.map(({ reference }) => reference).join(' ')} | ${profile?.reference ?? ''}`;
    const known = this.#rulings.get(key);
    if (known !== undefined) return known;
    const ruling = compileRuling(policies, profile);
    this.#rulings.set(key, ruling);
    return ruling;
  }

  #citePolicy(wanted: unknown, path: string): Cited<CitedPolicy> {
    if (typeof wanted !== 'string') {
      return remembered(this.#carriedPolicies, wanted, () => citeCarriedPolicy(wanted, path));
    }
    const found = this.#policies.find(wanted);
    if (found === undefined) return unknown('policy', wanted, path);
    return {
      cited: { reference: referenceTo(found.name, found.version), carried: undefined, policy: found },
    };
  }

  #citeProfile(wanted: unknown): Cited<CitedProfile> {
    const path = '/profile';
    if (typeof wanted !== 'string') {
      return remembered(this.#carriedProfiles, wanted, () => citeCarriedProfile(wanted, path));
    }
    const found = this.#profiles.find(wanted);
    if (found === undefined) return unknown('profile', wanted, path);
    const reference = referenceTo(found.name, found.version);
    return { cited: { reference, carried: undefined, compiled: found.document } };
  }
}

/** A text that could not be a name is not repeated: it may be as long as a body. */
function unknown(kind: CatalogueKind, wanted: string, path: string): { readonly refusal: Refusal } {
  const code = kind === 'policy' ? 'UNKNOWN_POLICY' : 'UNKNOWN_PROFILE';
  const named =
    readReference(wanted) === undefined ? `This is no name of a ${kind}.` : `There is no ${kind} ${wanted}.`;
  return { refusal: refuse(code, named, path) };
}

function carriedCache<T extends object>(): LRUCache<string, T> {
  return new LRUCache({ maxSize: CARRIED_LENGTH_MAX, sizeCalculation: (_, text) => text.length });
}

/** Checking a document costs far more than writing it out again to find it. */
function remembered<T extends object>(
  cache: LRUCache<string, T>,
  wanted: unknown,
  read: () => Cited<T>,
): Cited<T> {
  const text = JSON.stringify(wanted);
  const known = cache.get(text);
  if (known !== undefined) return { cited: known };
  const result = read();
  if ('cited' in result) cache.set(text, result.cited);
  return result;
}
