import fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Progress, progressLine, shareOf, totalsLine } from '../../src/cli/progress/progress-line.js';
import { showProgress } from '../../src/cli/progress/progress.js';

const HALF: Progress = {
  share: 0.5,
  bytes: 500,
  count: 12_345,
  unit: 'rounds',
  outcome: '12,300 cleared, 45 refused',
  elapsedMs: 2000,
};

test.each<[string, Partial<Progress>, number, string]>([
  [
    'half of a file',
    {},
    100,
    ' 50% [####################....................]  12,345 rounds  6,173/s  00:02 left',
  ],
  ['a narrower terminal', {}, 60, ' 50% [########........]  12,345 rounds  6,173/s  00:02 left'],
  ['room for a small bar', {}, 50, ' 50% [###...]  12,345 rounds  6,173/s  00:02 left'],
  ['no room for a bar', {}, 48, ' 50%  12,345 rounds  6,173/s  00:02 left'],
  ['no room for the time', {}, 32, ' 50%  12,345 rounds  6,173/s'],
  ['room for the share only', {}, 10, '50%'],
  ['no room at all', {}, 2, ''],
  [
    'the beginning',
    { share: 0, count: 0, elapsedMs: 0 },
    60,
    '  0% [.........................]  0 rounds  -/s  --:-- left',
  ],
  [
    'hours left',
    { share: 0.001, elapsedMs: 20_000, count: 1 },
    50,
    '  0% [............]  1 rounds  0/s  05:33:00 left',
  ],
  [
    'an empty file',
    { share: shareOf(0, 0), count: 0 },
    50,
    '100% [###############]  0 rounds  0/s  00:00 left',
  ],
  [
    'a file that grows',
    { share: shareOf(3000, 1000) },
    50,
    '100% [######]  12,345 rounds  6,173/s  00:00 left',
  ],
  ['no known end', { share: shareOf(1, undefined), bytes: 3_210_000 }, 60, '12,345 rounds  6,173/s  3.2 MB'],
  ['no known end and little room', { share: undefined }, 27, '12,345 rounds  6,173/s'],
])('%s', (_, progress, columns, line) => {
  expect(progressLine({ ...HALF, ...progress }, columns)).toBe(line);
});

test('a line is never as wide as the terminal, whatever it has to say', () => {
  const state = fc.record({
    bytes: fc.nat(),
    bytesTotal: fc.option(fc.nat(), { nil: undefined }),
    count: fc.nat(),
    unit: fc.constantFrom('rounds', 'blocks'),
    elapsedMs: fc.nat(),
  });
  fc.assert(
    fc.property(state, fc.integer({ min: 1, max: 200 }), (progress, columns) => {
      const share = shareOf(progress.bytes, progress.bytesTotal);
      expect(progressLine({ ...progress, share }, columns).length).toBeLessThan(columns);
    }),
  );
});

test('the totals are said at the end', () => {
  expect(totalsLine(HALF)).toBe('12,345 rounds: 12,300 cleared, 45 refused, 2.0 s, 6,173 rounds/s');
});

test('a terminal is left with the totals on a line of their own, and nothing is written where there is none', () => {
  expect(shownOn(() => 40)).toMatch(/^\r 50% .*\r +\r12,345 rounds: .*rounds\/s\n$/);
  expect(shownOn(undefined)).toBe('');
});

function shownOn(errorColumns: (() => number) | undefined): string {
  const written: string[] = [];
  const err = (text: string): void => void written.push(text);
  const terminal = {
    args: [],
    environment: {},
    isInteractive: false,
    out: err,
    err,
    output: new PassThrough(),
    errorColumns,
  };
  showProgress(terminal, () => HALF).finish();
  return written.join('');
}
