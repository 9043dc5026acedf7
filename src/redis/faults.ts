import { LedgerUnavailable } from '../engine/ledger-port.js';

/** Replies by which Redis says that it did nothing. */
const REFUSALS =
  /^(OOM|READONLY|MISCONF|LOADING|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM|BUSY|TRYAGAIN)\b/;
/** What the client says of a command that it has not sent. */
const UNSENT =
  /isn't writeable|Cluster isn't ready|Failed to refresh slots|None of startup nodes|ECONNREFUSED/;
const LATE = 'Command timed out';

/**
 * A fault of the client in the words of the port: where nothing can have been done, it is said so. Only its message is
 * taken over, because ioredis hangs the command on it, with all arguments: bodies of blocks, and passwords.
 */
export function ledgerFault(fault: unknown): Error {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (!REFUSALS.test(message) && !UNSENT.test(message)) return new Error(message);
  return new LedgerUnavailable(`the ledger took nothing: ${message}`);
}

export function isLate(fault: unknown): boolean {
  return fault instanceof Error && fault.message.includes(LATE);
}
