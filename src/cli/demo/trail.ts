import type { Engine } from '../../app.js';
import { invariant } from '../../base/assert.js';
import { originOf, verifyCheckpoint } from '../../trail/checkpoint.js';

export interface TrailCheck {
  readonly blocks: number;
  /** Whether the last checkpoint carries the signature of the key that block 0 names. */
  readonly isSigned: boolean;
}

/** Reads the node's public key and its last checkpoint back from the ledger; undefined when no records are kept. */
export async function checkTrail({
  node,
  log,
  ledger,
}: Pick<Engine, 'node' | 'log' | 'ledger'>): Promise<TrailCheck | undefined> {
  if (log === undefined) return undefined;
  const birth = await ledger.readRecord({ node, block: 0, index: 0 });
  const blocks = treeSize(log.checkpoint);
  const last = await ledger.readBlock(node, blocks - 1);
  invariant(
    birth !== undefined && last !== undefined,
    'a ledger keeps the first and the last block of a log',
  );
  const { publicKey } = JSON.parse(birth.toString()) as { publicKey: string };
  const isSigned = verifyCheckpoint(last.checkpoint, originOf(node), Buffer.from(publicKey, 'hex'));
  return { blocks, isSigned };
}

/** The second line of a checkpoint says how many blocks it covers. */
function treeSize(checkpoint: string): number {
  return Number(checkpoint.split('\n')[1]);
}
