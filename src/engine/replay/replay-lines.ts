import type { Replayed } from '../../rounds/replay/replayed.js';
import type { Replayer } from '../../rounds/replay/replay-record.js';
import { countOutcome, emptyCount, type Finding, type ReplayCount } from './replay-trail.js';

/** A finding about a record that came without its place. */
export interface LineFinding extends Omit<Finding, 'id'> {
  /** From 1. */
  readonly line: number;
}

/** Records that wait for a policy that may still come, in characters. */
const WAITING_LENGTH_MAX = 64 * 1_048_576;

interface Waiting {
  readonly line: number;
  readonly record: string;
}

/**
 * The story of records that somebody holds and gives, one a line, and that can be read only once: what names a policy that
 * has not come waits for it until the end, as long as there is room.
 */
export async function replayLines(
  records: AsyncIterable<string>,
  replayer: Replayer,
  tell: (finding: LineFinding) => void,
): Promise<ReplayCount> {
  const count = emptyCount();
  const waiting: Waiting[] = [];
  let room = WAITING_LENGTH_MAX;
  let line = 0;
  for await (const record of records) {
    line++;
    if (record.trim() === '') continue;
    const replayed = replayer.replay(record);
    const waits = replayed.outcome === 'lacks-rules' && record.length <= room;
    if (waits) waiting.push({ line, record });
    if (waits) room -= record.length;
    else takeNote(line, replayed);
  }
  for (const { line: number, record } of waiting) takeNote(number, replayer.replay(record));
  return count;

  function takeNote(number: number, replayed: Replayed): void {
    countOutcome(replayed, count);
    if (replayed.outcome !== 'equal' && replayed.outcome !== 'read') tell({ line: number, replayed });
  }
}
