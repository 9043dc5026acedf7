import type { KeptBlock, Ledger } from '../../src/engine/ledger-port.js';
import { NodeLog } from '../../src/engine/node-log.js';
import { blockLine, FIRST_LINE, lastLine } from '../../src/engine/trail/block-line.js';
import { batchTrail } from '../../src/rounds/batch/batch-trail.js';
import type { KeptRetention } from '../../src/trail/retention.js';
import { identityOf, logTerms, memoryLedger } from './memory-ledger.js';

/** Names of nodes in their order. */
export const [ALDER, BIRCH, CEDAR] = ['n000000000000000a', 'n000000000000000b', 'n000000000000000c'] as const;

export interface LogPlan {
  readonly node: string;
  readonly retention: KeptRetention;
  /** Records of each block behind the birth. */
  readonly blocks: readonly number[];
}

export interface WrittenLog {
  readonly log: NodeLog;
  readonly publicKey: string;
}

/** A log as a node writes it, with records that have more than ASCII in them. */
export async function writeLog(ledger: Ledger, { node, retention, blocks }: LogPlan): Promise<WrittenLog> {
  const identity = identityOf(node, 1000);
  const log = await NodeLog.open(ledger, () => identity, logTerms(retention));
  for (const [at, count] of blocks.entries()) {
    const rounds = Array.from({ length: count }, (_, index) => roundRecord(`${node}-${at + 1}-${index}`));
    const { recordsRoot, body, roundKeys } = batchTrail(rounds, retention)!;
    await log.append({ content: { atMs: 2000 + at, count, recordsRoot }, body, roundKeys });
  }
  return { log, publicKey: identity.key.publicKey.toString('hex') };
}

/** Its id tells where it stands. */
export function roundRecord(roundId: string) {
  const record = `{"at":2000,"id":"${roundId}","note":"caf\u00e9 \\u0007 \u{1f512} \\"quoted\\"","version":1}`;
  return { roundId, record };
}

export async function blocksOf(ledger: Ledger, node: string): Promise<readonly KeptBlock[]> {
  return ledger.readBlocks(node, 0, 1000);
}

export function trimmed({ node, number, header, checkpoint }: KeptBlock): KeptBlock {
  return { node, number, header, checkpoint, body: undefined };
}

/** The lines of an exported trail, each with its line feed. */
export function exported(...logs: readonly (readonly KeptBlock[])[]): string[] {
  const blocks = logs.flat();
  return [FIRST_LINE, ...blocks.map(blockLine), lastLine(blocks.length, logs.length)];
}

/** Three logs: whole records, hashes only, and one whose blocks 1 and 2 were trimmed. */
export async function threeLogs() {
  const ledger = memoryLedger();
  const alder = await writeLog(ledger, { node: ALDER, retention: 'full', blocks: [3, 1, 5, 2] });
  const birch = await writeLog(ledger, { node: BIRCH, retention: 'digest', blocks: [2, 3] });
  const cedar = await writeLog(ledger, { node: CEDAR, retention: 'full', blocks: [2, 2, 2] });
  const kept = await blocksOf(ledger, CEDAR);
  const ofCedar = kept.map((block) => (block.number === 1 || block.number === 2 ? trimmed(block) : block));
  const lines = exported(await blocksOf(ledger, ALDER), await blocksOf(ledger, BIRCH), ofCedar);
  return { ledger, alder, birch, cedar, lines };
}
