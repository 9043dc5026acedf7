import { isUtf8 } from 'node:buffer';
import secureJson from 'secure-json-parse';
import { type Refusal, refuse } from '../../base/errors.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export type Parsed = { readonly value: unknown } | { readonly refusal: Refusal };

/** One JSON value from bytes nobody has looked at yet. */
export function parseJson(bytes: Buffer, nestingMax: number): Parsed {
  if (bytes.length === 0) return { refusal: refuse('NOT_JSON', 'The body is empty.') };
  if (!isUtf8(bytes)) return { refusal: refuse('NOT_JSON', 'The body is not UTF-8.') };
  if (nestsDeeper(bytes, nestingMax)) {
    return { refusal: refuse('NESTING_TOO_DEEP', `The body nests deeper than ${nestingMax} levels.`) };
  }
  const text = bytes.toString('utf8');
  return mayHoldUnsafeKeys(text) ? parseGuarded(text) : parsePlain(text);
}

function parsePlain(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { refusal: refuse('NOT_JSON', `The body is not JSON: ${(error as SyntaxError).message}.`) };
  }
}

/** Slower; only for text in which an unsafe key could stand, plainly or behind an escape. */
function parseGuarded(text: string): Parsed {
  const plain = parsePlain(text);
  if ('refusal' in plain) return plain;
  return secureJson.safeParse(text) === null ? { refusal: refuse('UNSAFE_KEYS') } : plain;
}

function mayHoldUnsafeKeys(text: string): boolean {
  return text.includes('__proto__') || text.includes('constructor') || text.includes('\\u');
}

/** One pass over the bytes, before anything recursive sees them. Brackets inside strings do not count. */
function nestsDeeper(bytes: Buffer, max: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (++depth > max) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
  }
  return false;
}

/** The index of the quote that closes the string opened at `open`, or the end of the bytes. */
function endOfString(bytes: Buffer, open: number): number {
  for (let at = open + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at;
  }
  return bytes.length;
}
