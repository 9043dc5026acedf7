import type { WireBid } from '../schema/openrtb/bid-response.js';
import { isSaid } from './said.js';

const COLON = '(?::|%(?:25)*3a|\\\\u003a|\\\\x3a|&#58;|&#x3a;|&colon;)';
const SLASH = '(?:\\\\?/|%(?:25)*2f|\\\\u002f|\\\\x2f|&#47;|&#x2f;|&sol;)';
/** Plainly, escaped as in scripts and in HTML, and percent-encoded, once or more, as in the parameters of another address. */
const INSECURE = new RegExp(`http${COLON}${SLASH}${SLASH}`, 'i');
/** The name of a vocabulary or of a type of documents is nothing that is fetched. */
const NAMES =
  /\bxmlns(?::[\w-]+)?\s*=\s*\\?(["'])http:[^"'<>]*\1|\bschemaLocation\s*=\s*\\?(["'])[^"'<>]*\2|http:(?:\\?\/){2}www\.w3\.org\\?\/[\w./#\\-]*/gi;

/** True when the markup of a bid, or the address it is served from, is plain http. */
export function isInsecure({ adm, nurl }: WireBid): boolean {
  const markup = isSaid(adm) ? adm : nurl;
  if (!isSaid(markup)) return false;
  const text = typeof markup === 'string' ? markup : JSON.stringify(markup);
  return INSECURE.test(text) && INSECURE.test(text.replace(NAMES, ''));
}
