import type { ReplayCount } from '../../engine/replay/replay-trail.js';
import type { Replayed } from '../../rounds/replay/replayed.js';

const COUNT = new Intl.NumberFormat('en-US');

/** What came of one record, in one line, or three where it differs. */
export function replayedWords(name: string, replayed: Replayed): string {
  switch (replayed.outcome) {
    case 'equal':
      return `${name}: equal. Deciding again gives the same bytes.\n`;
    case 'read':
      return `${name}: no decision, and as it has to be.\n`;
    case 'different': {
      const { pointer, stored, recomputed } = replayed.difference;
      const place = pointer === '' ? 'in how it is written' : `at ${pointer}`;
      return `${name}: DIFFERENT ${place}\n  stored      ${stored ?? 'nothing'}\n  recomputed  ${recomputed ?? 'nothing'}\n`;
    }
    case 'lacks-rules':
    case 'impossible':
      return `${name}: cannot be replayed. ${replayed.reason}\n`;
  }
}

/** What came of them all. */
export function countWords(count: ReplayCount): string {
  const { equal, different, impossible, others, trimmedBlocks, hashes } = count;
  const decisions = equal + different + impossible;
  const lines = [
    `Replayed ${plural(decisions, 'decision')}: ${COUNT.format(equal)} equal, ${COUNT.format(different)} different, ${COUNT.format(impossible)} impossible to replay.`,
    ...(others === 0 ? [] : [`Read ${plural(others, 'record')} of births, policies and profiles.`]),
    ...(hashes === 0 ? [] : [hashesWords(hashes)]),
    ...(trimmedBlocks === 0
      ? []
      : [`Of ${plural(trimmedBlocks, 'block')} the records went to make room: they cannot be replayed.`]),
  ];
  return `${lines.join('\n')}\n`;
}

export const HASH_WORDS =
  'Retention `digest` keeps only its hash, so there is nothing to replay. Whoever holds the record can replay it: parley replay - < FILE';

function hashesWords(hashes: number): string {
  return `Of ${plural(hashes, 'record')} only the hash is kept (retention \`digest\`): there is nothing to replay. Who holds them: parley replay - < FILE`;
}

function plural(number: number, noun: string): string {
  return `${COUNT.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}
