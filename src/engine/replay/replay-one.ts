import { formatRecordId, parseRecordId, type RecordAddress } from '../../base/ids.js';
import type { Replayed } from '../../rounds/replay/replayed.js';
import { learnRulesFor } from './replay-trail.js';
import { countHashes, recordsIn, type TrailRecord, type TrailSource } from './trail-source.js';

/** A record of the trail, whole, or why there is none to look at. */
export type Found =
  | { readonly records: readonly TrailRecord[] }
  /** There is none of this id. */
  | { readonly missing: 'unknown' }
  /** Its block was trimmed. */
  | { readonly missing: 'trimmed' }
  /** Only its hash is kept. */
  | { readonly missing: 'hash' };

/** Most records of one round that are looked at: a label need not be unique. */
const RECORDS_MAX = 32;

/** The record of this id, or those of the round of this id, in the order of the trail. */
export async function findRecords(source: TrailSource, id: string): Promise<Found> {
  const address = parseRecordId(id);
  return address === undefined ? findRound(source, id) : findRecord(source, address);
}

async function findRecord(
  source: TrailSource,
  { node, block: number, index }: RecordAddress,
): Promise<Found> {
  for await (const block of source.blocks({ node, number })) {
    if (block.kept === undefined) return { missing: 'trimmed' };
    if (index < countHashes(block)) return { missing: 'hash' };
    const records = [...recordsIn(block)].filter((record) => record.index === index);
    if (records.length > 0) return { records };
  }
  return { missing: 'unknown' };
}

async function findRound(source: TrailSource, id: string): Promise<Found> {
  const records: TrailRecord[] = [];
  const asWritten = `"id":${JSON.stringify(id)}`;
  for await (const block of source.blocks()) {
    for (const record of recordsIn(block)) {
      // Looking for the text is much faster than parsing every record of a trail.
      if (record.record.includes(asWritten) && idOf(record.record) === id) records.push(record);
      if (records.length === RECORDS_MAX) return { records };
    }
  }
  return records.length > 0 ? { records } : { missing: 'unknown' };
}

function idOf(record: string): unknown {
  return (JSON.parse(record) as { readonly id?: unknown }).id;
}

export interface ReplayedRecord {
  readonly id: string;
  readonly replayed: Replayed;
}

/** Decides these records again, under the rules of the trail they come from. */
export async function replayFound(
  source: TrailSource,
  records: readonly TrailRecord[],
): Promise<readonly ReplayedRecord[]> {
  const replayer = await learnRulesFor(
    records.map(({ record }) => record),
    source,
  );
  return records.map(({ node, number: block, index, record }) => {
    return { id: formatRecordId({ node, block, index }), replayed: replayer.replay(record) };
  });
}
