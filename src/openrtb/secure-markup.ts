import type { WireBid } from '../schema/openrtb/bid-response.js';

/** Plainly, with escaped slashes as in scripts, and percent-encoded as in the parameters of another address. */
const INSECURE = /http:(?:\/\/|\\\/\\\/)(?!www\.w3\.org\\?\/)|http%3a%2f%2f(?!www\.w3\.org%2f)/i;

/** True when the markup of a bid, or the address it is served from, is plain http. */
export function isInsecure({ adm, nurl }: WireBid): boolean {
  const markup = adm ?? nurl;
  if (markup === undefined || markup === null) return false;
  return INSECURE.test(typeof markup === 'string' ? markup : JSON.stringify(markup));
}
