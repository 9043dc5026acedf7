import { LRUCache } from 'lru-cache';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type Refusal, refuse } from '../../base/errors.js';
import type { NamedPolicy } from '../../policy/named-policy.js';
import { CompiledSource } from '../../schema/publication-record.js';
import type { DecisionRecord } from '../../schema/record.js';
import type { CompiledProfile } from '../../scoring/compiled-profile.js';
import { carryCompiled, citeCarriedPolicy } from '../rules/carried-documents.js';
import {
  type CitedPolicy,
  type CitedProfile,
  compileRuling,
  NO_RULING,
  type Ruling,
} from '../rules/ruling.js';

/** Versions of policies and profiles by what records call them, such as `house@3`. */
export interface RulesByReference {
  readonly findPolicy: (reference: string) => NamedPolicy | undefined;
  readonly findProfile: (reference: string) => CompiledProfile | undefined;
}

export type RecordedRuling = { readonly ruling: Ruling } | { readonly refusal: Refusal };
type Found<T> = T | { readonly refusal: Refusal };
type Cites = Pick<DecisionRecord, 'policies' | 'profile'>;

/** Rulings kept ready: records that follow each other name the same rules. */
const RULINGS_MAX = 64;
const CARRIED = TypeCompiler.Compile(CompiledSource);

/** What decisions were made under: versions are found by name, documents that a round carried stand in its record. */
export class RecordedRulings {
  readonly #rules: RulesByReference;
  readonly #ready = new LRUCache<string, Ruling>({ max: RULINGS_MAX });

  constructor(rules: RulesByReference) {
    this.#rules = rules;
  }

  rulingOf({ policies = [], profile }: Cites): RecordedRuling {
    if (policies.length === 0 && profile === undefined) return { ruling: NO_RULING };
    const key = JSON.stringify([policies, profile]);
    const known = this.#ready.get(key);
    if (known !== undefined) return { ruling: known };
    const compiled = this.#compile(policies, profile);
    if ('ruling' in compiled) this.#ready.set(key, compiled.ruling);
    return compiled;
  }

  #compile(policies: readonly unknown[], profile: unknown): RecordedRuling {
    const cited: CitedPolicy[] = [];
    for (const [index, wanted] of policies.entries()) {
      const found = this.#policy(wanted, `/policies/${index}`);
      if ('refusal' in found) return found;
      cited.push(found);
    }
    const scoring = profile === undefined ? undefined : this.#profile(profile);
    if (scoring !== undefined && 'refusal' in scoring) return scoring;
    return { ruling: compileRuling(cited, scoring) };
  }

  #policy(wanted: unknown, path: string): Found<CitedPolicy> {
    if (typeof wanted !== 'string') {
      const carried = citeCarriedPolicy(wanted, path);
      return 'refusal' in carried ? carried : carried.cited;
    }
    const policy = this.#rules.findPolicy(wanted);
    if (policy === undefined) return { refusal: refuse('UNKNOWN_POLICY', unknown('policy', wanted), path) };
    return { reference: wanted, carried: undefined, policy };
  }

  #profile(wanted: unknown): Found<CitedProfile> {
    const path = '/profile';
    if (typeof wanted !== 'string') {
      if (CARRIED.Check(wanted)) return carryCompiled(wanted);
      return {
        refusal: refuse('INVALID_PROFILE', 'The record does not hold the tables of its profile.', path),
      };
    }
    const compiled = this.#rules.findProfile(wanted);
    if (compiled === undefined)
      return { refusal: refuse('UNKNOWN_PROFILE', unknown('profile', wanted), path) };
    return { reference: wanted, carried: undefined, compiled };
  }
}

function unknown(kind: string, wanted: string): string {
  return `The record of the ${kind} ${wanted} is not here.`;
}
