import type { Logs } from '../ledger-port.js';
import type { Journal } from '../ports.js';
import type { LogTree } from './log-tree.js';

/** What the stories about the trail need: any node can tell them about any other, because they read the ledger. */
export interface TrailPorts {
  readonly ledger: Logs;
  readonly tree: LogTree;
  readonly journal: Journal;
  /** The name of this node's log as it stands; undefined when no records are kept. */
  readonly ownNode: () => string | undefined;
}
