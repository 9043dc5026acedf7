import type { KeptAnswer } from './ledger-port.js';

/** What a ledger counts for keys and answers: their bytes, and what it needs to find and forget them again. */
export const RESERVATION_BYTES = 512;
const ANSWER_BYTES = 256;

export function answerBytes({ bytes }: KeptAnswer): number {
  return ANSWER_BYTES + bytes.length;
}
