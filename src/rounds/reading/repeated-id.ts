import { type Refusal, refuse } from '../../base/errors.js';

/** Refuses the first id that stands in a list for the second time. */
export function repeatedId(named: readonly { readonly id: string }[], path: string): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, { id }] of named.entries()) {
    if (seen.has(id))
      return refuse('DUPLICATE_ID', `The id ${id} stands here for the second time.`, `${path}/${index}/id`);
    seen.add(id);
  }
  return undefined;
}
