import { describe, expect, test } from 'vitest';
import { writeBirth } from '../../src/trail/birth.js';
import { checkpointBody, verifyCheckpoint } from '../../src/trail/checkpoint.js';
import { emptyLog, type LogHead, type SealedBlock, sealBlock } from '../../src/trail/log.js';
import { leafHash } from '../../src/trail/merkle.js';
import { canonicalJson } from './canonical-json.js';
import { keyOfBytes, NODE } from './known-key.js';
import { naiveTreeRoot, sha256 } from './naive-tree.js';

const KEY = keyOfBytes(1);
const SEALED = seal(9);
const HEADERS = SEALED.map(({ header }) => Buffer.from(header));

describe('a log of blocks', () => {
  test('numbers its blocks from 0 and leaves none out', () => {
    expect(SEALED.map(({ number }) => number)).toEqual([...SEALED.keys()]);
  });

  test.each(SEALED)(
    'block $number has a canonical header that names the one before it',
    ({ number, header }) => {
      const before = number === 0 ? sha256() : sha256(Buffer.of(0), HEADERS[number - 1]!);
      expect(header).toBe(canonicalJson(JSON.parse(header)));
      expect(JSON.parse(header)).toEqual({
        at: 1000 + number,
        count: number + 1,
        kind: 'block',
        node: NODE,
        number,
        previous: before.toString('hex'),
        recordsRoot: leafHash(`records ${number}`).toString('hex'),
        version: 1,
      });
    },
  );

  test.each(SEALED)(
    'block $number carries a checkpoint over all headers so far',
    ({ number, checkpoint }) => {
      const root = naiveTreeRoot(HEADERS.slice(0, number + 1));
      expect(verifyCheckpoint(checkpoint, KEY.origin, KEY.publicKey)).toBe(true);
      expect(checkpoint.startsWith(checkpointBody({ origin: KEY.origin, size: number + 1, root }))).toBe(
        true,
      );
    },
  );

  test('continued from one head: the same content is the same block, other content is not', () => {
    const { head } = SEALED.at(-1)!;
    const [one, other] = [contentOf(20), contentOf(21)].map((content) => sealBlock(head, content, KEY));
    expect(one!.number).toBe(other!.number);
    expect(one!.checkpoint).not.toBe(other!.checkpoint);
    expect(sealBlock(head, contentOf(20), KEY)).toEqual(one);
  });
});

test('the birth of a node is canonical', () => {
  const birth = {
    node: NODE,
    atMs: 1000,
    publicKey: KEY.publicKey,
    tieKeyHash: leafHash('tie key'),
  };
  const text = writeBirth(birth);
  expect(text).toBe(canonicalJson(JSON.parse(text)));
  expect(JSON.parse(text)).toMatchObject({ kind: 'birth', publicKey: KEY.publicKey.toString('hex') });
});

function seal(blocks: number): SealedBlock[] {
  const sealed: SealedBlock[] = [];
  let head: LogHead = emptyLog(NODE);
  for (let number = 0; number < blocks; number++) {
    const block = sealBlock(head, contentOf(number), KEY);
    sealed.push(block);
    head = block.head;
  }
  return sealed;
}

function contentOf(number: number) {
  return { atMs: 1000 + number, count: number + 1, recordsRoot: leafHash(`records ${number}`) };
}
