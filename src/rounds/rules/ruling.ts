import { attributeNames as attributesOfPolicies } from '../../policy/attribute-layout.js';
import { compilePolicies } from '../../policy/compile-policies.js';
import type { CompiledRules } from '../../policy/compiled-rules.js';
import { type FieldsRead, fieldsReadBy } from '../../policy/fields-read.js';
import type { NamedPolicy } from '../../policy/named-policy.js';
import {
  attributeNames as attributesOfProfile,
  type CompiledProfile,
} from '../../scoring/compiled-profile.js';
import { Scorer } from '../../scoring/fast.js';

/** A policy or profile as answers and records name it. */
export interface Citation {
  /** `house@3` from the catalogue, `inline-0a1b2c3d4e5f6071` when the round carried it. */
  readonly reference: string;
  /** The canonical JSON of a document that the round carried: nobody else has it. */
  readonly carried: string | undefined;
}

export interface CitedPolicy extends Citation {
  readonly policy: NamedPolicy;
}

export interface CitedProfile extends Citation {
  readonly compiled: CompiledProfile;
}

/** What a round is decided under, compiled and ready. */
export interface Ruling {
  readonly policies: readonly Citation[];
  readonly profile: CitedProfile | undefined;
  /** Undefined when no policy was named. */
  readonly rules: CompiledRules | undefined;
  /** Undefined when bids are ranked by price. */
  readonly scorer: Scorer | undefined;
  /** The attributes that rules and profile read, in the order in which bids carry them. */
  readonly layout: readonly string[];
  readonly reads: FieldsRead;
}

/** A round that names neither policy nor profile. */
export const NO_RULING: Ruling = {
  policies: [],
  profile: undefined,
  rules: undefined,
  scorer: undefined,
  layout: [],
  reads: { seller: false, domains: false, categories: false },
};

export function compileRuling(cited: readonly CitedPolicy[], profile: CitedProfile | undefined): Ruling {
  const policies = cited.map(({ policy }) => policy);
  const wanted = profile === undefined ? [] : attributesOfProfile(profile.compiled);
  const layout = [...new Set([...attributesOfPolicies(policies), ...wanted])].sort();
  return {
    policies: cited.map(({ reference, carried }) => ({ reference, carried })),
    profile,
    rules: policies.length === 0 ? undefined : compilePolicies(policies, layout),
    scorer: profile === undefined ? undefined : new Scorer(profile.compiled, layout),
    layout,
    reads: fieldsReadBy(policies),
  };
}
