import { ALDER, CEDAR } from '../support/exported-trail.js';
import { ALDERS, BIRCHES, CEDARS, LAST, change, type Tampering } from './tampering.js';

/** What somebody may have done to the order of blocks, and to the ends of a trail. */
export const AMONG_BLOCKS: readonly Tampering[] = [
  {
    says: 'a missing block',
    lines: (lines) => lines.toSpliced(ALDERS + 2, 1),
    record: `${ALDER}-2-0`,
    why: /missing, and block 3 stands in its place/,
  },
  {
    says: 'a missing birth',
    lines: (lines) => lines.toSpliced(BIRCHES, 1),
    record: `${ALDER}-5-0`,
    why: /block 1 of n000000000000000b stands in its place/,
  },
  {
    says: 'a missing birth of the first log',
    lines: (lines) => lines.toSpliced(ALDERS, 1),
    record: 'line 2',
    why: /block 1 of n000000000000000a stands in its place/,
  },
  {
    says: 'a missing log',
    lines: (lines) => lines.toSpliced(BIRCHES, 3),
    record: `${CEDAR}-4-0`,
    why: /does not say 9 blocks and 2 logs/,
  },
  {
    says: 'a doubled block',
    lines: (lines) => lines.toSpliced(ALDERS + 2, 0, lines[ALDERS + 2]!),
    record: `${ALDER}-2-0`,
    why: /block 2 stands here again/,
  },
  {
    says: 'swapped blocks',
    lines: (lines) => lines.with(ALDERS + 1, lines[ALDERS + 2]!).with(ALDERS + 2, lines[ALDERS + 1]!),
    record: `${ALDER}-1-0`,
    why: /missing, and block 2 stands in its place/,
  },
  {
    says: 'a block of another log in its place',
    lines: (lines) => lines.with(ALDERS + 2, lines[CEDARS + 3]!),
    record: `${ALDER}-2-0`,
    why: /block 3 of n000000000000000c stands in its place/,
  },
  {
    says: 'a log that goes on after another',
    lines: (lines) => lines.toSpliced(LAST, 0, lines[ALDERS]!),
    record: `${CEDAR}-4-0`,
    why: /block 0 of n000000000000000a stands in its place/,
  },
  {
    says: 'a cut-off end',
    lines: (lines) => lines.slice(0, CEDARS + 2),
    record: `${CEDAR}-2-0`,
    why: /cut off/,
  },
  {
    says: 'an end cut off with the last line kept',
    lines: (lines) => lines.toSpliced(CEDARS + 3, 1),
    record: `${CEDAR}-3-0`,
    why: /does not say 11 blocks and 3 logs/,
  },
  {
    says: 'a torn last line',
    lines: (lines) => lines.with(LAST, lines[LAST]!.slice(0, -1)),
    record: `${CEDAR}-4-0`,
    why: /torn/,
  },
  {
    says: 'a torn line of a block',
    lines: (lines) => [...lines.slice(0, ALDERS + 2), lines[ALDERS + 2]!.slice(0, 100)],
    record: `${ALDER}-2-0`,
    why: /torn/,
  },
  { says: 'nothing at all', lines: () => [], record: 'line 0', why: /cut off/ },
  {
    says: 'more behind the end',
    lines: (lines) => [...lines, lines[1]!],
    record: `${CEDAR}-4-0`,
    why: /more behind the last line/,
  },
  {
    says: 'another first line',
    lines: change(0, '"version":1', '"version":2'),
    record: 'line 1',
    why: /not the first line/,
  },
  {
    says: 'a log dropped that somebody holds a checkpoint of',
    lines: (lines) => [...lines.slice(0, CEDARS), '{"blocks":8,"end":true,"logs":2}\n'],
    given: ({ cedar }) => ({ checkpoints: [cedar.log.checkpoint] }),
    record: `${CEDAR}-0-0`,
    why: /its log is not in this trail/,
  },
  {
    says: 'records dropped from the end that somebody holds a checkpoint of',
    lines: (lines) => [...lines.slice(0, CEDARS + 3), '{"blocks":11,"end":true,"logs":3}\n'],
    given: ({ cedar }) => ({ checkpoints: [cedar.log.checkpoint] }),
    record: `${CEDAR}-3-0`,
    why: /the checkpoint you hold covers 4 blocks/,
  },
];
