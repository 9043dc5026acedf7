import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from '../../../src/engine/bulk/line-splitter.js';

const BYTES_MAX = 8;

/** A line as a test looks at it: its number and its text, `too large` in place of one that is. */
type Told = readonly [number: number, text: string];

function told(pieces: readonly Buffer[]): readonly Told[] {
  const splitter = new LineSplitter(BYTES_MAX);
  const lines = pieces.flatMap((piece) => [...splitter.split(piece)]);
  const last = splitter.end();
  return [...lines, ...(last === undefined ? [] : [last])].map(({ number, bytes }) => [
    number,
    bytes === undefined ? 'too large' : bytes.toString('latin1'),
  ]);
}

/** The obvious way: the whole text at once. */
function naivelyTold(text: string): readonly Told[] {
  return text.split('\n').flatMap((line, index): Told[] => {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (bare.length > BYTES_MAX) return [[index + 1, 'too large']];
    return /^[ \t]*$/.test(bare) ? [] : [[index + 1, bare]];
  });
}

function cutAt(text: string, cuts: readonly number[]): readonly Buffer[] {
  const ends = [...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return ends.map((end, index) => Buffer.from(text.slice(index === 0 ? 0 : ends[index - 1], end), 'latin1'));
}

test.each<[string, string, readonly Told[]]>([
  [
    'lines that end',
    'a\nb\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'a last line without its ending',
    'a\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'carriage returns',
    'a\r\nb\r\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['a carriage return within a line', 'a\rb\n', [[1, 'a\rb']]],
  ['blank lines, which count', '\n\r\n \t\na\n\n', [[4, 'a']]],
  ['a line as large as may be', '12345678\r\n', [[1, '12345678']]],
  [
    'a line that is too large',
    '123456789\nb\n',
    [
      [1, 'too large'],
      [2, 'b'],
    ],
  ],
  [
    'a last line that is too large',
    'a\n1234567890',
    [
      [1, 'a'],
      [2, 'too large'],
    ],
  ],
  ['nothing', '', []],
])('%s', (_, text, lines) => {
  expect(told([Buffer.from(text)])).toEqual(lines);
  expect(told(Array.from(text, (byte) => Buffer.from(byte)))).toEqual(lines);
});

test('wherever a text is cut, its lines are those of the whole text', () => {
  const texts = fc.array(fc.constantFrom('a', 'bc', '\n', '\n', '\r', '\r\n', ' ', '\t', '"é"', '12345678'), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), (parts, cuts) => {
      const text = parts.join('');
      expect(told(cutAt(text, cuts))).toEqual(naivelyTold(text));
    }),
    { numRuns: 2000 },
  );
});

test('what is too large is told at once, and nothing of it is held', () => {
  const splitter = new LineSplitter(BYTES_MAX);
  expect([...splitter.split(Buffer.from('123456'))]).toEqual([]);
  expect(splitter.heldBytes).toBe(6);
  expect([...splitter.split(Buffer.from('7890'))]).toEqual([{ number: 1, bytes: undefined }]);
  for (let piece = 0; piece < 1000; piece++) {
    expect([...splitter.split(Buffer.alloc(1000, 'x'))]).toEqual([]);
    expect(splitter.heldBytes).toBe(0);
  }
  expect(splitter.nextNumber).toBe(2);
  expect([...splitter.split(Buffer.from('x\nb\n'))].map(({ number }) => number)).toEqual([2]);
});
