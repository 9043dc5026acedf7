import { type Config, readConfig } from '../../config/read-config.js';
import { replayLines } from '../../engine/replay/replay-lines.js';
import { findRecords, replayFound } from '../../engine/replay/replay-one.js';
import { learnRules, type ReplayCount, replayTrail } from '../../engine/replay/replay-trail.js';
import type { TrailSource } from '../../engine/replay/trail-source.js';
import { Replayer } from '../../rounds/replay/replay-record.js';
import { type Terminal, UsageError } from '../terminal.js';
import { linesOf } from './lines.js';
import { openSource } from './open-source.js';
import { readFrom } from './read-from.js';
import { countWords, HASH_WORDS, replayedWords } from './words.js';

const USAGE = 'Usage: parley replay ID|--all|- [--from URL|FILE]';
const STATUS_DIFFERENT = 1;

/**
 * Decides again what records say was decided, and compares byte by byte. Status 1 when one differs or cannot be replayed, or
 * when there is nothing to replay.
 */
export async function replay(terminal: Terminal): Promise<number> {
  const { wanted, from } = readFrom(terminal.args, USAGE);
  const config = readConfig(terminal.environment);
  if (wanted === '-') return replayInput(terminal, from, config);
  const { source, close } = await openSource(from, config);
  try {
    return await (wanted === '--all' ? replayAll(terminal, source) : replayOne(terminal, source, wanted));
  } finally {
    await close();
  }
}

async function replayAll({ out }: Terminal, source: TrailSource): Promise<number> {
  const count = await replayTrail(source, ({ id, replayed }) => {
    out(replayedWords(id, replayed));
  });
  return sum(out, count);
}

/** Records come from standard input; the rules they name too, or from the trail that is named. */
async function replayInput({ out }: Terminal, from: string | undefined, config: Config): Promise<number> {
  const rules = from === undefined ? undefined : await openSource(from, config);
  try {
    const replayer = rules === undefined ? new Replayer() : await learnRules(rules.source);
    const count = await replayLines(linesOf(process.stdin), replayer, ({ line, replayed }) => {
      out(replayedWords(`line ${line}`, replayed));
    });
    return sum(out, count);
  } finally {
    await rules?.close();
  }
}

function sum(out: Terminal['out'], count: ReplayCount): number {
  out(countWords(count));
  const { equal, different, impossible, hashes } = count;
  const isNothingThere = equal === 0 && hashes > 0;
  return different > 0 || impossible > 0 || isNothingThere ? STATUS_DIFFERENT : 0;
}

async function replayOne({ out }: Terminal, source: TrailSource, id: string): Promise<number> {
  const found = await findRecords(source, id);
  if ('missing' in found) throw new UsageError(missingWords(id, found.missing));
  const replayed = await replayFound(source, found.records);
  for (const each of replayed) out(replayedWords(each.id, each.replayed));
  const isFine = replayed.every(({ replayed: { outcome } }) => outcome === 'equal' || outcome === 'read');
  return isFine ? 0 : STATUS_DIFFERENT;
}

export function missingWords(id: string, missing: 'unknown' | 'trimmed' | 'hash'): string {
  if (missing === 'hash') return `${id}: ${HASH_WORDS}`;
  if (missing === 'trimmed') return `${id}: its records went to make room.`;
  return `${id}: there is no record of this id.`;
}
