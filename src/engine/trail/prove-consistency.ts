import type { ConsistencyAnswer } from '../../schema/trail-answers.js';
import { consistencySubtrees } from '../../trail/consistency.js';
import { noLog } from './newest-checkpoint.js';
import type { TrailPorts } from './ports.js';
import { gone, nothingThere, readStory, type Refused } from './read-story.js';

export interface SizePair {
  readonly node: string | undefined;
  /** Blocks of the earlier checkpoint, at least one. */
  readonly from: number;
  /** Undefined: those of the newest one. */
  readonly to: number | undefined;
}

export type ProveConsistency = (sizes: SizePair) => Promise<ConsistencyAnswer | Refused>;

/** The story of two checkpoints of one log: that the later one only added to what the earlier one covers. */
export function proveConsistencyWith(ports: TrailPorts): ProveConsistency {
  return ({ node = ports.ownNode(), from, to }) =>
    readStory(ports.journal, async () => {
      const head = node === undefined ? undefined : await ports.ledger.readHead(node);
      if (node === undefined || head === undefined) return noLog(node);
      const newest = to ?? head.size;
      if (from > newest || newest > head.size)
        return nothingThere(`The log of ${node} has ${head.size} blocks; from may not be above to.`);
      return prove(ports, node, from, newest);
    });
}

async function prove(
  { ledger, tree }: TrailPorts,
  node: string,
  from: number,
  to: number,
): Promise<ConsistencyAnswer | Refused> {
  const proof = await tree.rootsOf(node, consistencySubtrees(from, to));
  const [earlier, later] = [await ledger.readBlock(node, from - 1), await ledger.readBlock(node, to - 1)];
  if (proof === undefined || earlier === undefined || later === undefined)
    return gone(`Headers of the log of ${node} have gone, without which this cannot be proven.`);
  return {
    node,
    from: { size: from, checkpoint: earlier.checkpoint },
    to: { size: to, checkpoint: later.checkpoint },
    proof: proof.map((hash) => hash.toString('hex')),
  };
}
