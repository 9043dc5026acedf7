import { hash } from 'node:crypto';

/** Bytes by which the records of a round are found. */
export const ROUND_KEY_BYTES = 8;

/** The first bytes of SHA-256 over the id of the round: short, so two ids may share one, and the record tells. */
export function roundKeyOf(roundId: string): Buffer {
  return hash('sha256', roundId, 'buffer').subarray(0, ROUND_KEY_BYTES);
}
