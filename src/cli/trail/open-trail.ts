import { readConfig } from '../../config/read-config.js';
import type { Ledger } from '../../engine/ledger-port.js';
import { listLogs } from '../../engine/trail/list-logs.js';
import { blockLines } from '../../engine/trail/read-blocks.js';
import { askWith } from '../ask-engine.js';
import { openSharedLedger } from '../shared-ledger.js';
import type { Terminal } from '../terminal.js';
import { remoteTrail } from './remote-trail.js';
import type { LogExtent, LogsSource } from './logs-source.js';

const LOGS_PER_PAGE = 100;

/** The engine at this address, or the ledger that REDIS_URL names; undefined when neither is given. */
export async function openTrail(
  { environment }: Terminal,
  from: string | undefined,
): Promise<LogsSource | undefined> {
  const config = readConfig(environment);
  if (from !== undefined) return remoteTrail(from, askWith(config));
  const ledger = await openSharedLedger(config);
  return ledger === undefined ? undefined : ledgerTrail(ledger);
}

export const NO_TRAIL =
  'Where is the trail? Name an engine with --from URL, or a ledger in REDIS_URL: the embedded ledger lives in its engine only.';

function ledgerTrail(ledger: Ledger): LogsSource {
  return {
    logs: async () => {
      const logs: LogExtent[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const page = await listLogs(ledger, after, LOGS_PER_PAGE);
        logs.push(...page.nodes);
        after = page.next;
      }
      return logs;
    },
    lines: ({ node, size }) => blockLines(ledger, { node, from: 0, limit: size }),
    close: () => ledger.close(),
  };
}
