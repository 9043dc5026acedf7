import type { KeptBlock, Ledger } from '../../src/engine/ledger-port.js';
import type { FoundRecord } from './broken-promises.js';

const PAGE = 100;

/** Every record of a round that a ledger holds, log by log. */
export async function* trailRecords(ledger: Ledger): AsyncGenerator<FoundRecord> {
  for await (const node of nodesOf(ledger)) {
    for (let from = 0, blocks = await ledger.readBlocks(node, from, PAGE); blocks.length > 0;) {
      for (const block of blocks) yield* roundsIn(block);
      from += blocks.length;
      blocks = await ledger.readBlocks(node, from, PAGE);
    }
  }
}

async function* nodesOf(ledger: Ledger): AsyncGenerator<string> {
  let nodes = await ledger.listNodes('', PAGE);
  while (nodes.length > 0) {
    yield* nodes;
    nodes = await ledger.listNodes(nodes.at(-1)!, PAGE);
  }
}

function* roundsIn({ node, number, body }: KeptBlock): Generator<FoundRecord> {
  if (body === undefined) return;
  for (const [index, line] of body.toString().trimEnd().split('\n').entries()) {
    const { kind, id } = JSON.parse(line) as { readonly kind: string; readonly id: string };
    if (kind === 'round') yield { node, block: number, index, roundId: id };
  }
}
