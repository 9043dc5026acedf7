import { type BlockHeader, writeHeader } from './block.js';
import { type SigningKey, signCheckpoint } from './checkpoint.js';
import { appendLeaf, EMPTY_FRONTIER, EMPTY_ROOT, type Frontier, frontierRoot, leafHash } from './merkle.js';

/** The head of one node's log: all that the next block has to know of the blocks before it. */
export interface LogHead {
  readonly node: string;
  /** Tree over the headers so far; its size is the number of the next block. */
  readonly frontier: Frontier;
  /** Leaf hash of the last header. */
  readonly previous: Buffer;
}

/** What the worker says about the records of a batch. */
export interface BlockContent {
  readonly atMs: number;
  readonly count: number;
  readonly recordsRoot: Buffer;
}

export interface SealedBlock {
  readonly number: number;
  /** Canonical JSON of the header. */
  readonly header: string;
  /** Signed note over the log that ends with this block. */
  readonly checkpoint: string;
  readonly head: LogHead;
}

export function emptyLog(node: string): LogHead {
  return { node, frontier: EMPTY_FRONTIER, previous: EMPTY_ROOT };
}

/** Puts one more block on the log: header, tree, signed checkpoint. */
export function sealBlock(head: LogHead, content: BlockContent, key: SigningKey): SealedBlock {
  const number = head.frontier.size;
  const header = writeHeader(headerOf(head, number, content));
  const leaf = leafHash(header);
  const frontier = appendLeaf(head.frontier, leaf);
  const checkpoint = signCheckpoint(frontier.size, frontierRoot(frontier), key);
  return { number, header, checkpoint, head: { node: head.node, frontier, previous: leaf } };
}

function headerOf(head: LogHead, number: number, { atMs, count, recordsRoot }: BlockContent): BlockHeader {
  return {
    node: head.node,
    number,
    atMs,
    count,
    previous: head.previous.toString('hex'),
    recordsRoot: recordsRoot.toString('hex'),
  };
}
