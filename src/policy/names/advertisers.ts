import type { Subject } from '../subject.js';

/** The advertisers of a bid are its domains, each once, in small letters. */
export function advertisersOf({ domains }: Subject): readonly string[] {
  return [...new Set(domains.map((domain) => domain.toLowerCase()))];
}
