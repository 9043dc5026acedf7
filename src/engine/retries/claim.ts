import type { Refusal } from '../../base/errors.js';
import type { Reservation } from '../ledger-port.js';

/** A request that may be sent again: its key, and what came with it. */
export type KeyedRequest = Pick<Reservation, 'key' | 'fingerprint'>;

/** A key that this node decides. Its answer stands in the log of this name, or nowhere. */
export type Claim = Pick<Reservation, 'key' | 'node'>;

/** Under whose name this node takes keys: that of the log which will have their answers. */
export interface KeyHolder {
  readonly node: string;
  /** Finds out whether the blocks stand of which that is not known; false while the ledger does not say. */
  settle(): Promise<boolean>;
  /** Goes on under another name, because this one was fenced. */
  renew(fenced: string): Promise<void>;
}

export interface Refused {
  readonly refusal: Refusal;
}

export function isRefused(reply: object): reply is Refused {
  return 'refusal' in reply;
}
