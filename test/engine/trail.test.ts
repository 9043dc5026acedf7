import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/app.js';
import { originOf, verifyCheckpoint } from '../../src/trail/checkpoint.js';
import { EMPTY_ROOT, leafHash, treeRoot } from '../../src/trail/merkle.js';
import type { StoredBlock } from '../../src/engine/ledger-port.js';
import { canonicalJson } from '../support/canonical-json.js';
import { engineOf } from '../support/engine.js';
import { GOOD_BYTES } from '../support/rounds.js';

interface Header {
  readonly node: string;
  readonly number: number;
  readonly count: number;
  readonly previous: string;
  readonly recordsRoot: string;
}

describe.each(['full', 'digest'] as const)('the log of a node with retention %s', (retention) => {
  test('has a block for each batch, and every block can be checked', async () => {
    const engine = await engineOf({
      PARLEY_RETENTION: retention,
      PARLEY_BATCH_ROUNDS_MAX: '5',
      PARLEY_THREADS: '2',
    });
    const bodies = Array.from({ length: 60 }, (_, at) => (at % 6 === 0 ? Buffer.from('[]') : GOOD_BYTES));
    await Promise.all(bodies.map((bytes) => engine.clearRound(bytes)!));
    const blocks = await blocksOf(engine);
    expect(blocks.reduce((records, { header }) => records + readHeader(header).count, 0)).toBe(1 + 50);
    expectChain(engine, blocks);
    for (const block of blocks) expectRecords(block);
  });

  test('has no block for a batch in which nothing was decided', async () => {
    const engine = await engineOf({ PARLEY_RETENTION: retention });
    await engine.clearRound(Buffer.from('{'));
    await engine.clearRound(GOOD_BYTES);
    expect(await blocksOf(engine)).toHaveLength(2);
  });
});

test('the birth of a node is kept whole and binds its key and its tie key', async () => {
  const engine = await engineOf({ PARLEY_RETENTION: 'digest' });
  const [birth] = await blocksOf(engine);
  expect(birth).toMatchObject({ number: 0, retention: 'full' });
  expect(readBirth(birth!)).toMatchObject({ kind: 'birth', node: engine.node });
});

test('a checkpoint of another node, another key or another text is not accepted', async () => {
  const [engine, other] = await Promise.all([engineOf(), engineOf()]);
  const [birth] = await blocksOf(engine);
  const [othersBirth] = await blocksOf(other);
  const { checkpoint } = birth!;
  const key = publicKeyOf(birth!);
  expect(verifyCheckpoint(checkpoint, originOf(engine.node), key)).toBe(true);
  expect(verifyCheckpoint(checkpoint, originOf(other.node), key)).toBe(false);
  expect(verifyCheckpoint(checkpoint, originOf(engine.node), publicKeyOf(othersBirth!))).toBe(false);
  expect(verifyCheckpoint(checkpoint.replace('\n1\n', '\n2\n'), originOf(engine.node), key)).toBe(false);
});

/** Numbers without holes, each header names the one before, each checkpoint covers all headers up to its own. */
function expectChain(engine: Engine, blocks: readonly StoredBlock[]): void {
  const key = publicKeyOf(blocks[0]!);
  const leaves: Buffer[] = [];
  for (const [at, { header, checkpoint }] of blocks.entries()) {
    const previous = leaves.at(-1) ?? EMPTY_ROOT;
    expect(readHeader(header)).toMatchObject({
      node: engine.node,
      number: at,
      previous: previous.toString('hex'),
    });
    expect(canonicalJson(JSON.parse(header))).toBe(header);
    leaves.push(leafHash(header));
    expect(verifyCheckpoint(checkpoint, originOf(engine.node), key)).toBe(true);
    const [, size, root] = checkpoint.split('\n');
    expect({ size, root }).toEqual({ size: String(at + 1), root: treeRoot(leaves).toString('base64') });
  }
  expect(engine.log!.checkpoint).toBe(blocks.at(-1)!.checkpoint);
}

/** The header counts the records that are there, and its root is theirs. */
function expectRecords({ header, body, retention }: StoredBlock): void {
  const { count, recordsRoot } = readHeader(header);
  const leaves = retention === 'full' ? body.toString().trimEnd().split('\n').map(leafHash) : hashesOf(body);
  expect(leaves).toHaveLength(count);
  expect(treeRoot(leaves).toString('hex')).toBe(recordsRoot);
}

async function blocksOf({ ledger, node }: Engine): Promise<StoredBlock[]> {
  const blocks: StoredBlock[] = [];
  for (let block = await ledger.readBlock(node, 0); block !== undefined;) {
    if (block.body === undefined) throw new Error(`block ${block.number} was trimmed`);
    blocks.push(block);
    block = await ledger.readBlock(node, blocks.length);
  }
  return blocks;
}

function hashesOf(body: Buffer): Buffer[] {
  return Array.from({ length: body.length / 32 }, (_, at) => body.subarray(at * 32, (at + 1) * 32));
}

function publicKeyOf(birth: StoredBlock): Buffer {
  return Buffer.from(readBirth(birth).publicKey, 'hex');
}

function readBirth({ body }: StoredBlock): { readonly publicKey: string } {
  return JSON.parse(body.toString()) as { readonly publicKey: string };
}

function readHeader(header: string): Header {
  return JSON.parse(header) as Header;
}
