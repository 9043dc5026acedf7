import type { KeptBlock, Logs } from '../ledger-port.js';
import type { BlockPlace, TrailBlock, TrailSource } from './trail-source.js';

const NODES_PAGE = 100;
const BLOCKS_PAGE = 100;

/** The trail as the ledger has it, a page at a time. */
export function ledgerSource(ledger: Logs): TrailSource {
  return { blocks: (place) => (place === undefined ? everyBlock(ledger) : blockAt(ledger, place)) };
}

async function* blockAt(ledger: Logs, { node, number }: BlockPlace): AsyncIterable<TrailBlock> {
  const block = await ledger.readBlock(node, number);
  if (block !== undefined) yield trailBlock(block);
}

async function* everyBlock(ledger: Logs): AsyncIterable<TrailBlock> {
  let after = '';
  for (;;) {
    const nodes = await ledger.listNodes(after, NODES_PAGE);
    for (const node of nodes) yield* blocksOf(ledger, node);
    if (nodes.length < NODES_PAGE) return;
    after = nodes.at(-1)!;
  }
}

/** What is appended while the log is read is read, too. */
async function* blocksOf(ledger: Logs, node: string): AsyncIterable<TrailBlock> {
  let from = 0;
  for (;;) {
    const blocks = await ledger.readBlocks(node, from, BLOCKS_PAGE);
    for (const block of blocks) yield trailBlock(block);
    if (blocks.length === 0) return;
    from = blocks.at(-1)!.number + 1;
  }
}

function trailBlock(block: KeptBlock): TrailBlock {
  const { node, number } = block;
  if (block.body === undefined) return { node, number, kept: undefined };
  return { node, number, kept: { retention: block.retention, body: block.body } };
}
