import { createHash } from 'node:crypto';
import type { Config } from '../config/read-config.js';

/** Known to everybody: whoever clears a file alone has nobody to keep it from. A deployment keeps its own secret. */
const KNOWN_TIE_KEY = new Uint8Array(Buffer.from('file'.repeat(8)));

/** What orders ties, so that the same file gets the same answers every time. */
export function tieKeyOf({ PARLEY_TIE_KEY: given }: Config): Uint8Array {
  return given ?? KNOWN_TIE_KEY;
}

/** The id of a round that brings none: the hash of its bytes. */
export function contentId(bytes: Buffer): string {
  return `sha256-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}
