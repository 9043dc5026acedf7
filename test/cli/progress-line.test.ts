import fc from 'fast-check';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Progress, progressLine, totalsLine } from '../../src/cli/clear-batch/progress-line.js';
import { showProgress } from '../../src/cli/clear-batch/progress.js';

const HALF: Progress = { bytes: 500, bytesTotal: 1000, rounds: 12_345, refused: 45, elapsedMs: 2000 };

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
    { bytes: 0, rounds: 0, elapsedMs: 0 },
    60,
    '  0% [.........................]  0 rounds  -/s  --:-- left',
  ],
  [
    'hours left',
    { bytes: 1, elapsedMs: 20_000, rounds: 1 },
    50,
    '  0% [............]  1 rounds  0/s  05:33:00 left',
  ],
  [
    'an empty file',
    { bytes: 0, bytesTotal: 0, rounds: 0 },
    50,
    '100% [###############]  0 rounds  0/s  00:00 left',
  ],
  ['a file that grows', { bytes: 3000 }, 50, '100% [######]  12,345 rounds  6,173/s  00:00 left'],
  ['no known end', { bytesTotal: undefined, bytes: 3_210_000 }, 60, '12,345 rounds  6,173/s  3.2 MB'],
  ['no known end and little room', { bytesTotal: undefined }, 27, '12,345 rounds  6,173/s'],
])('%s', (_, progress, columns, line) => {
  expect(progressLine({ ...HALF, ...progress }, columns)).toBe(line);
});

test('a line is never as wide as the terminal, whatever it has to say', () => {
  const state = fc.record({
    bytes: fc.nat(),
    bytesTotal: fc.option(fc.nat(), { nil: undefined }),
    rounds: fc.nat(),
    refused: fc.constant(0),
    elapsedMs: fc.nat(),
  });
  fc.assert(
    fc.property(state, fc.integer({ min: 1, max: 200 }), (progress, columns) => {
      expect(progressLine(progress, columns).length).toBeLessThan(columns);
    }),
  );
});

test('the totals are said at the end', () => {
  expect(totalsLine(HALF)).toBe('12,345 rounds: 12,300 cleared, 45 refused, 2.0 s, 6,173 rounds/s');
});

test('a terminal is left with the totals on a line of their own, and nothing is written where there is none', () => {
  expect(shownOn(() => 40)).toMatch(/^\r 50% .*\r +\r12,345 rounds: .*rounds\/s\n$/);
  expect(
    shownOn(() => 0),
    'a terminal that does not say how wide it is',
  ).toBe(shownOn(() => 80));
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
