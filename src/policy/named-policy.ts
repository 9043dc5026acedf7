import type { PolicyDocument } from '../schema/policy.js';

/**
 * One version of a policy, which never changes. Name and version together are unique in a round. Versions that are kept
 * count from 1; version 0 is a policy that a round carries.
 */
export interface NamedPolicy {
  readonly name: string;
  readonly version: number;
  readonly document: PolicyDocument;
}
