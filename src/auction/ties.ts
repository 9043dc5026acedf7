import { createHmac } from 'node:crypto';
import type { TieHash } from './ranking.js';

const HASH_HEX_LENGTH = 32;

/** HMAC-SHA256 of the round id and the bid id, first 128 bits; the length keeps ("a", "bc") and ("ab", "c") apart. */
export function keyedTieHash(key: Uint8Array, roundId: string): TieHash {
  return (bidId) =>
    createHmac('sha256', key)
      .update(`${roundId.length}:${roundId}${bidId}`)
      .digest('hex')
      .slice(0, HASH_HEX_LENGTH);
}

/** Writes down every hash that was asked for: what a replay without the key needs. */
export function rememberTies(tieHash: TieHash): { tieHash: TieHash; ties: Map<string, string> } {
  const ties = new Map<string, string>();
  const remembered = (bidId: string): string => {
    const hash = tieHash(bidId);
    ties.set(bidId, hash);
    return hash;
  };
  return { tieHash: remembered, ties };
}
