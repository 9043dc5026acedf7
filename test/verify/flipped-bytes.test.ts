import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { threeLogs } from '../support/exported-trail.js';
import { verifyText } from './verifying.js';

let bytes: Buffer;

beforeAll(async () => {
  bytes = Buffer.from((await threeLogs()).lines.join(''));
});

test('no byte of a trail can be another one and the trail still fit', async () => {
  const change = fc.record({
    at: fc.nat(bytes.length - 1),
    by: fc.integer({ min: 1, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, by }) => {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ by;
      expect((await verifyText(changed)).result).toHaveProperty('why');
    }),
    { numRuns: 1500 },
  );
});

test('no byte can be left out, doubled or put in and the trail still fit', async () => {
  const places = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(places, async ({ at, byte }) => {
      const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at)];
      for (const changed of [
        [before, behind.subarray(1)],
        [before, Buffer.of(byte), behind],
      ])
        expect((await verifyText(Buffer.concat(changed))).result).toHaveProperty('why');
    }),
    { numRuns: 500 },
  );
});

test('a text that means the same in other bytes does not fit', async () => {
  const text = bytes.toString();
  const spellings = [
    text.replace('\u00e9', '\\u00e9'),
    text.replace('\\n', '\\u000a'),
    text.replace('"node":', '"node": '),
    text.replaceAll('\n', '\r\n'),
    text.replace('=","node"', '","node"'),
    text.replace('"number":1,', '"number":1.0,'),
    text.replace('"trimmed":true', '"trimmed":true,"trimmed":true'),
    `\ufeff${text}`,
    `${text}\n`,
  ];
  for (const spelling of spellings) {
    expect(spelling).not.toBe(text);
    expect((await verifyText(spelling)).result).toHaveProperty('why');
  }
});
