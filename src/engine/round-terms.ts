import type { KeyedRequest } from './retries/claim.js';

/** What a round is sent under, beyond its bytes. */
export interface RoundTerms {
  /** The id of a round that brings none. */
  readonly fallbackId?: string | undefined;
  /** The only seats whose bids the round may carry; undefined: any. */
  readonly seats?: readonly string[] | undefined;
  /** What makes it the same request when it is sent again; undefined: it is decided each time. */
  readonly keyed?: KeyedRequest | undefined;
}

/** Of a round from anybody about anything, decided each time. */
export const PLAIN: RoundTerms = {};
