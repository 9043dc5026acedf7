import { hash } from 'node:crypto';

/** A key is 32 random bytes behind a word that says whose it is, so that scanners for leaked secrets can find it. */
const KEY_PREFIX = 'parley_';
export const KEY_BYTES = 32;

const KEY = /parley_[A-Za-z0-9_-]{43}/;
const BEARER = /^bearer +(parley_[A-Za-z0-9_-]{43})$/i;

/** The randomness is the shell's. */
export function keyFrom(random: Uint8Array): string {
  return `${KEY_PREFIX}${Buffer.from(random.subarray(0, KEY_BYTES)).toString('base64url')}`;
}

/**
 * What is kept of a key. A password needs a slow hash because people choose it from few; a key is drawn from 2 to the
 * power of 256, so nobody can try them all, however fast each try is, and no salt is needed because no two are equal.
 */
export function hashOfKey(key: string): string {
  return hash('sha256', key, 'hex');
}

/** The key in the header `Authorization`; undefined when there is none of our shape. */
export function presentedKey(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
}

/** Whether a key was written where none belongs: nothing may repeat such a text. */
export function holdsKey(text: string): boolean {
  return KEY.test(text);
}
