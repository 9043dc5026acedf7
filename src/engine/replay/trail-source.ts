import type { KeptRetention } from '../../trail/retention.js';

/** A block of any log, as far as replaying it needs; without a body where that was trimmed. */
export interface TrailBlock {
  readonly node: string;
  readonly number: number;
  readonly kept: { readonly retention: KeptRetention; readonly body: Buffer } | undefined;
}

/** Where one block stands. */
export type BlockPlace = Pick<TrailBlock, 'node' | 'number'>;

/** A trail that can be read from its beginning more than once: a ledger, an engine, a file. */
export interface TrailSource {
  /** Every block, log after log, or only the one at that place; no more of them are held than a page. */
  readonly blocks: (place?: BlockPlace) => AsyncIterable<TrailBlock>;
}

/** A record and where it stands. */
export interface TrailRecord extends BlockPlace {
  readonly index: number;
  readonly record: string;
}

const HASH_BYTES = 32;

/** The records of a block, where they are kept; a block of hashes has none. */
export function* recordsIn({ node, number, kept }: TrailBlock): Iterable<TrailRecord> {
  if (kept?.retention !== 'full') return;
  const lines = kept.body.toString().split('\n');
  for (const [index, record] of lines.slice(0, -1).entries()) yield { node, number, index, record };
}

/** How many records stand in a block as hashes alone. */
export function countHashes({ kept }: TrailBlock): number {
  return kept?.retention === 'digest' ? kept.body.length / HASH_BYTES : 0;
}
