import type { Expected } from '../support/envelope.js';
import { GOOD_BYTES } from '../support/rounds.js';

/** Bodies that never become a JSON value the engine will look at. */
export interface BadBody extends Expected {
  readonly says: string;
  readonly body: Buffer | string;
}

const GOOD_TEXT = GOOD_BYTES.toString();
const LIMIT = 32;
/** What a good round looks like up to a field nobody knows. */
const OPENED = `${GOOD_TEXT.slice(0, -1)},"extra":`;

export const NOT_JSON_BODIES: readonly BadBody[] = [
  ['a body cut in the middle', GOOD_BYTES.subarray(0, GOOD_BYTES.length / 2)],
  ['a body without its last byte', GOOD_BYTES.subarray(0, -1)],
  ['a second value behind the round', `${GOOD_TEXT}{}`],
  ['a stray byte behind the round', `${GOOD_TEXT},`],
  ['a NUL behind the round', `${GOOD_TEXT}\0`],
  ['two rounds on two lines', `${GOOD_TEXT}\n${GOOD_TEXT}`],
  ['an empty body', ''],
  ['nothing but spaces', ' \r\n\t '],
  ['a word', 'round'],
  ['single quotes', GOOD_TEXT.replaceAll('"', "'")],
  ['a trailing comma', `${GOOD_TEXT.slice(0, -1)},}`],
  ['a comment', `/* round */ ${GOOD_TEXT}`],
  ['a byte order mark', `\uFEFF${GOOD_TEXT}`],
  ['a raw control character in a text', GOOD_TEXT.replace('round-1', 'round\n1')],
  ['NaN as a price', GOOD_TEXT.replace('0.9', 'NaN')],
  ['Infinity as a price', GOOD_TEXT.replace('0.9', 'Infinity')],
  ['minus Infinity as a price', GOOD_TEXT.replace('0.9', '-Infinity')],
  ['a hexadecimal price', GOOD_TEXT.replace('0.9', '0x10')],
  ['a price with a leading zero', GOOD_TEXT.replace('0.9', '01')],
  ['a price without digits', GOOD_TEXT.replace('0.9', '')],
  ['UTF-16', Buffer.from(GOOD_TEXT, 'utf16le')],
  ['Latin-1', Buffer.from(GOOD_TEXT.replace('round-1', 'r\u00fcnde'), 'latin1')],
  ['a stray continuation byte', withBytes(0x80)],
  ['a byte that UTF-8 never has', withBytes(0xff)],
  ['an overlong encoding', withBytes(0xc0, 0xaf)],
  ['an encoded surrogate', withBytes(0xed, 0xa0, 0x80)],
  ['a character beyond Unicode', withBytes(0xf4, 0x90, 0x80, 0x80)],
  ['a body that ends inside a character', Buffer.concat([GOOD_BYTES, Buffer.of(0xe2, 0x82)])],
  ['random bytes', Buffer.from('9e3f00c4a1fe0d8277', 'hex')],
  ['a gzip header', Buffer.from('1f8b0800000000000003', 'hex')],
].map(([says, body]) => ({ says: says as string, body: body as Buffer | string, code: 'NOT_JSON' }));

export const UNSAFE_BODIES: readonly BadBody[] = [
  ['__proto__ in the round', `${OPENED}1,"__proto__":{"format":"vcg"}}`],
  ['__proto__ with a harmless value', `${OPENED}1,"__proto__":null}`],
  ['__proto__ in a bid', GOOD_TEXT.replace('{"id":"b1"', '{"__proto__":{"price":9},"id":"b1"')],
  ['__proto__ in attributes', GOOD_TEXT.replace('{"id":"b1"', '{"attributes":{"__proto__":{}},"id":"b1"')],
  ['__proto__ deep inside an unknown field', `${OPENED}[[{"a":{"__proto__":[]}}]]}`],
  ['__proto__ behind an escape', `${OPENED}1,"\\u005f_proto__":{}}`],
  ['__proto__ all in escapes', `${OPENED}1,"${escaped('__proto__')}":{}}`],
  ['__proto__ with a space before the colon', `${OPENED}1,"__proto__" :{}}`],
  ['constructor that holds prototype', `${OPENED}1,"constructor":{"prototype":{"price":9}}}`],
  ['constructor behind escapes', `${OPENED}1,"${escaped('constructor')}":{"${escaped('prototype')}":{}}}`],
  [
    'constructor that holds prototype in a bid',
    GOOD_TEXT.replace('{"id":"b1"', '{"constructor":{"prototype":1},"id":"b1"'),
  ],
].map(([says, body]) => ({ says: says!, body: body!, code: 'UNSAFE_KEYS' }));

export const DEEP_BODIES: readonly BadBody[] = [
  ['arrays one deeper than the limit', `${OPENED}${'['.repeat(LIMIT)}${']'.repeat(LIMIT)}}`],
  ['objects one deeper than the limit', `${OPENED}${'{"a":'.repeat(LIMIT)}1${'}'.repeat(LIMIT)}}`],
  ['half a million arrays that close', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
  ['a million arrays that never close', '['.repeat(1_000_000)],
  ['objects that never close', '{"a":'.repeat(200_000)],
].map(([says, body]) => ({ says: says!, body: body!, code: 'NESTING_TOO_DEEP' }));

/** What looks dangerous and is not: the round clears. */
export const HARMLESS_BODIES: readonly { readonly says: string; readonly body: string }[] = [
  ['spaces around the round', ` \r\n\t${GOOD_TEXT}\r\n `],
  ['nesting just at the limit', `${OPENED}${'['.repeat(LIMIT - 1)}${']'.repeat(LIMIT - 1)}}`],
  ['brackets in a text', `${OPENED}"${'['.repeat(5000)}\\"${'{'.repeat(5000)}"}`],
  ['__proto__ as a text', `${OPENED}"__proto__"}`],
  ['constructor without prototype', `${OPENED}1,"constructor":{"name":"x"}}`],
  ['prototype without constructor', `${OPENED}1,"prototype":{}}`],
  [
    'unknown fields everywhere',
    `${GOOD_TEXT.replace('{"id":"b1"', '{"user":{"ip":"::1"},"id":"b1"').slice(0, -1)},"device":{}}`,
  ],
  ['characters outside ASCII in an unknown field', `${OPENED}"\u{1F680} \u00fc"}`],
  ['escaped ids', GOOD_TEXT.replace('"b1"', `"${escaped('b1')}"`)],
  ['an empty list of policies', `${OPENED}1,"policies":[]}`],
].map(([says, body]) => ({ says: says!, body: body! }));

function withBytes(...bytes: number[]): Buffer {
  const at = GOOD_BYTES.indexOf('round-1');
  return Buffer.concat([GOOD_BYTES.subarray(0, at), Buffer.from(bytes), GOOD_BYTES.subarray(at)]);
}

function escaped(text: string): string {
  return Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(
    '',
  );
}
