import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkpointBody, signCheckpoint, verifyCheckpoint } from '../../src/trail/checkpoint.js';
import { leafHash } from '../../src/trail/merkle.js';
import { keyOfBytes, NODE } from './known-key.js';
import { sha256 } from './naive-tree.js';

const KEY = keyOfBytes(1);
const ROOT = leafHash('root');
const NOTE = signCheckpoint(42, ROOT, KEY);
const NOTE_BYTES = Buffer.from(NOTE);
const verifies = (note: string) => verifyCheckpoint(note, KEY.origin, KEY.publicKey);

describe('a checkpoint', () => {
  test('is a signed note: log, size, root, an empty line, the signature under its key id', () => {
    const [origin, size, root, empty, signature, end] = NOTE.split('\n');
    expect([origin, size, root, empty, end]).toEqual([
      `parley.log/${NODE}`,
      '42',
      ROOT.toString('base64'),
      '',
      '',
    ]);
    const [dash, name, encoded] = signature!.split(' ');
    expect([dash, name]).toEqual(['\u2014', origin]);
    const keyId = sha256(Buffer.from(`${origin!}\n`), Buffer.of(1), KEY.publicKey).subarray(0, 4);
    const bytes = Buffer.from(encoded!, 'base64');
    expect(bytes.length).toBe(4 + 64);
    expect(bytes.subarray(0, 4)).toEqual(keyId);
  });

  test('verifies under its key and origin only', () => {
    const other = keyOfBytes(2);
    expect(verifies(NOTE)).toBe(true);
    expect(verifyCheckpoint(NOTE, KEY.origin, other.publicKey)).toBe(false);
    expect(verifyCheckpoint(NOTE, `${KEY.origin}0`, KEY.publicKey)).toBe(false);
    expect(verifyCheckpoint(NOTE, KEY.origin.slice(0, -1), KEY.publicKey)).toBe(false);
    expect(verifies(signCheckpoint(42, ROOT, other))).toBe(false);
    expect(verifies(noteOver(checkpointBody({ origin: KEY.origin, size: 42, root: ROOT })))).toBe(true);
    expect(verifies(noteOver(checkpointBody({ origin: 'another.log', size: 42, root: ROOT })))).toBe(false);
  });

  test('with any bit flipped is refused', () => {
    expect(accepted(Array.from({ length: 8 }, (_, bit) => 1 << bit))).toEqual([]);
  });

  test('ends in bytes that have no other spelling', () => {
    const everyChange = Array.from({ length: 255 }, (_, change) => change + 1);
    expect(accepted(everyChange, NOTE_BYTES.length - 4)).toEqual([]);
  });

  test('cut short, continued or stretched is refused', () => {
    for (let at = 0; at < NOTE.length; at++) {
      expect(verifies(NOTE.slice(0, at)), `the first ${at}`).toBe(false);
      for (const more of ['*', ' ', '\n', '=']) {
        expect(verifies(NOTE.slice(0, at) + more + NOTE.slice(at)), `${more} at ${at}`).toBe(false);
      }
    }
    for (const more of ['*', ' ', '\n', '=', 'A', '\n\n']) expect(verifies(NOTE + more), more).toBe(false);
  });
});

/** Any text, properly signed by the key of the log. */
function noteOver(body: string): string {
  const signature = Buffer.concat([KEY.keyId, sign(null, Buffer.from(body), KEY.privateKey)]);
  return `${body}\n\u2014 ${KEY.origin} ${signature.toString('base64')}\n`;
}

/** Where the note still verifies although one byte, `from` or later, was changed. */
function accepted(changes: readonly number[], from = 0): string[] {
  const places = [...NOTE_BYTES.keys()].slice(from);
  return places.flatMap((at) =>
    changes
      .filter((change) => verifies(withByteChanged(at, change)))
      .map((change) => `byte ${at} of ${NOTE_BYTES.length}, changed by ${change}`),
  );
}

function withByteChanged(at: number, change: number): string {
  const changed = Buffer.from(NOTE_BYTES);
  changed[at] = changed[at]! ^ change;
  return changed.toString();
}
