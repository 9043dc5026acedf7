import { formatRecordId } from '../../base/ids.js';
import type { Replayed } from '../../rounds/replay/replayed.js';
import { Replayer } from '../../rounds/replay/replay-record.js';
import { countHashes, recordsIn, type TrailRecord, type TrailSource } from './trail-source.js';

/** A record that is not what deciding again gives, or cannot be decided again. */
export interface Finding {
  /** Of the record. */
  readonly id: string;
  readonly replayed: Exclude<Replayed, { readonly outcome: 'equal' | 'read' }>;
}

/** What came of a whole trail. */
export interface ReplayCount {
  /** Decisions made again, to the same bytes. */
  equal: number;
  different: number;
  /** Decisions that could not be made again. */
  impossible: number;
  /** Records of births, policies and profiles. */
  others: number;
  /** Blocks whose records went to make room. */
  trimmedBlocks: number;
  /** Records of which only the hash is kept. */
  hashes: number;
}

export type Tell = (finding: Finding) => void;

/** Records of policies and profiles begin so; no other record does. */
const PUBLICATION = /^\{"at":\d+,"document":/;

/**
 * The story of a replay: decide every record of a trail again, and tell what differs. The trail is read twice, because the
 * record of a policy may stand behind decisions that were made under it: a node is faster than its own writing, and the
 * log of another node may be read later. Nothing of it is held but the rules and a page.
 */
export async function replayTrail(source: TrailSource, tell: Tell): Promise<ReplayCount> {
  const replayer = await learnRules(source);
  const count = emptyCount();
  for await (const block of source.blocks()) {
    if (block.kept === undefined) count.trimmedBlocks++;
    count.hashes += countHashes(block);
    for (const record of recordsIn(block)) takeNote(record, replayer.replay(record.record), count, tell);
  }
  return count;
}

/** A replayer that knows every policy and profile of the trail. */
export async function learnRules(source: TrailSource): Promise<Replayer> {
  const replayer = new Replayer();
  for await (const block of source.blocks()) {
    for (const { record } of recordsIn(block)) if (PUBLICATION.test(record)) replayer.learn(record);
  }
  return replayer;
}

/** The same, but the trail is left alone when the records name no rules that stand elsewhere. */
export async function learnRulesFor(records: readonly string[], source: TrailSource): Promise<Replayer> {
  const alone = new Replayer();
  const lacksRules = records.some((record) => alone.replay(record).outcome === 'lacks-rules');
  return lacksRules ? learnRules(source) : alone;
}

export function emptyCount(): ReplayCount {
  return { equal: 0, different: 0, impossible: 0, others: 0, trimmedBlocks: 0, hashes: 0 };
}

function takeNote(record: TrailRecord, replayed: Replayed, count: ReplayCount, tell: Tell): void {
  const { node, number: block, index } = record;
  countOutcome(replayed, count);
  if (replayed.outcome === 'equal' || replayed.outcome === 'read') return;
  tell({ id: formatRecordId({ node, block, index }), replayed });
}

export function countOutcome({ outcome }: Replayed, count: ReplayCount): void {
  if (outcome === 'equal') count.equal++;
  else if (outcome === 'read') count.others++;
  else if (outcome === 'different') count.different++;
  else count.impossible++;
}
