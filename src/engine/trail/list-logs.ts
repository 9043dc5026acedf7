import type { KnownLog, LogList } from '../../schema/trail-answers.js';
import { publicKeyIn } from '../../trail/birth.js';
import type { Logs } from '../ledger-port.js';
import type { TrailPorts } from './ports.js';
import { readStory, type Refused } from './read-story.js';

export type ListLogs = (after: string, limit: number) => Promise<LogList | Refused>;

/** The story of the list of logs, by the names of their nodes. */
export function listLogsWith({ ledger, journal }: TrailPorts): ListLogs {
  return (after, limit) => readStory(journal, () => listLogs(ledger, after, limit));
}

export async function listLogs(ledger: Logs, after: string, limit: number): Promise<LogList> {
  const names = await ledger.listNodes(after, limit + 1);
  const nodes: KnownLog[] = [];
  for (const node of names.slice(0, limit)) {
    const log = await knownLog(ledger, node);
    if (log !== undefined) nodes.push(log);
  }
  return names.length > limit ? { nodes, next: names[limit - 1]! } : { nodes };
}

/** Undefined for a log that was fenced before it had a block. */
async function knownLog(ledger: Logs, node: string): Promise<KnownLog | undefined> {
  const head = await ledger.readHead(node);
  if (head === undefined) return undefined;
  const birth = await ledger.readRecord({ node, block: 0, index: 0 });
  const { size, firstKept, isFenced } = head;
  const known = { node, size, firstKept, isFenced };
  return birth === undefined ? known : { ...known, publicKey: publicKeyIn(birth.toString()) };
}
