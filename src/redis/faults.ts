import { LedgerUnavailable } from '../engine/ledger-port.js';

/** Replies by which Redis says that it did nothing. */
const REFUSALS =
  /^(OOM|READONLY|MISCONF|LOADING|CLUSTERDOWN|MASTERDOWN|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM|BUSY|TRYAGAIN)\b/;
/** What the client says of a command that it has not sent. */
const UNSENT =
  /isn't writeable|Cluster isn't ready|Failed to refresh slots|None of startup nodes|ECONNREFUSED/;
const LATE = 'Command timed out';

/** A fault of the client in the words of the port: where nothing can have been done, it is said so. */
export function ledgerFault(fault: unknown): Error {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  if (!REFUSALS.test(error.message) && !UNSENT.test(error.message)) return error;
  return new LedgerUnavailable(`the ledger took nothing: ${error.message}`, { cause: error });
}

export function isLate(fault: unknown): boolean {
  return fault instanceof Error && fault.message.includes(LATE);
}
