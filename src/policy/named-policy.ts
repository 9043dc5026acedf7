import type { PolicyDocument } from '../schema/policy.js';

/** One version of a policy, which never changes. Name and version together are unique in a round. */
export interface NamedPolicy {
  readonly name: string;
  readonly version: number;
  readonly document: PolicyDocument;
}
