import type { KeptBlock, Logs } from '../ledger-port.js';
import { blockLine } from './block-line.js';
import type { TrailPorts } from './ports.js';
import { gone, nothingThere, readStory, type Refused } from './read-story.js';

export interface BlockRange {
  readonly node: string;
  readonly from: number;
  /** Most blocks. */
  readonly limit: number;
}

/** Lines of an exported trail, each made when it is asked for. */
export type FoundBlocks = { readonly lines: AsyncGenerator<string> } | Refused;

export type ReadBlocks = (range: BlockRange) => Promise<FoundBlocks>;

/** The story of blocks that are read one after the other: behind the newest one there are none. */
export function readBlocksWith({ ledger, journal }: TrailPorts): ReadBlocks {
  return ({ node, from, limit }) =>
    readStory(journal, async () => {
      const head = await ledger.readHead(node);
      if (head === undefined) return nothingThere(`There is no log of ${node}.`);
      const end = Math.min(head.size, from + limit);
      if (from >= end) return { lines: none() };
      const first = await ledger.readBlocks(node, from, end - from);
      if (first[0]?.number !== from) return gone(`Block ${from} of ${node} went, and its header with it.`);
      return { lines: blockLines(ledger, { node, from, limit: end - from }, first) };
    });
}

/** Reads on only when what was read before has been taken. @throws when a block is missing that has to be there. */
export async function* blockLines(
  ledger: Logs,
  { node, from, limit }: BlockRange,
  begun: readonly KeptBlock[] = [],
): AsyncGenerator<string> {
  let blocks = begun;
  let next = from;
  while (next < from + limit) {
    if (blocks.length === 0) blocks = await ledger.readBlocks(node, next, from + limit - next);
    if (blocks.length === 0) throw new Error(`block ${next} of ${node} is not to be read`);
    for (const block of blocks) {
      if (block.number !== next) throw new Error(`block ${next} of ${node} is not to be read`);
      yield blockLine(block);
      next++;
    }
    blocks = [];
  }
}

async function* none(): AsyncGenerator<string> {}
