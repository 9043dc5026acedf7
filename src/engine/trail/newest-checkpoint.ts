import type { TrailPorts } from './ports.js';
import { nothingThere, readStory, type Refused } from './read-story.js';

export type FoundCheckpoint = { readonly checkpoint: string } | Refused;

/** Of this node when none is named. */
export type NewestCheckpoint = (node: string | undefined) => Promise<FoundCheckpoint>;

/** The story of a checkpoint that somebody keeps, to hold the operator to it later. */
export function newestCheckpointWith({ ledger, journal, ownNode }: TrailPorts): NewestCheckpoint {
  return (node = ownNode()) =>
    readStory(journal, async () => {
      const head = node === undefined ? undefined : await ledger.readHead(node);
      return head === undefined ? noLog(node) : { checkpoint: head.checkpoint };
    });
}

export function noLog(node: string | undefined): Refused {
  return nothingThere(node === undefined ? 'This node keeps no records.' : `There is no log of ${node}.`);
}
