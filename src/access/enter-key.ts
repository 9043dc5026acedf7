import type { CallerEntry, KeysDocument } from '../schema/keys-file.js';
import { readKeys } from './read-keys.js';

/** The text of a keys file with one key more, or why it cannot be entered. */
export type Entering = { readonly text: string } | { readonly faults: readonly string[] };

/** Enters a caller. `text` is the file as it is; undefined when there is none yet. */
export function enterCaller(text: string | undefined, entry: CallerEntry): Entering {
  const reading = text === undefined ? { document: { callers: [] } } : readKeys(text);
  if ('faults' in reading) return reading;
  const { callers } = reading.document;
  if (callers.some(({ name }) => name === entry.name)) {
    return { faults: [`There is a caller ${entry.name} already; --add gives it another key.`] };
  }
  return checked({ callers: [...callers, entry] });
}

/** Gives a caller another key, so that the old one can go when nobody uses it any more. */
export function enterAnotherKey(text: string | undefined, name: string, keyHash: string): Entering {
  const reading = text === undefined ? { document: { callers: [] } } : readKeys(text);
  if ('faults' in reading) return reading;
  const { callers } = reading.document;
  const known = callers.find((entry) => entry.name === name);
  if (known === undefined) return { faults: [`There is no caller ${name} to give another key to.`] };
  const entry = { ...known, keyHashes: [...known.keyHashes, keyHash] };
  return checked({ callers: callers.map((other) => (other === known ? entry : other)) });
}

/** What is written must be what is read: it is read once before. */
function checked(document: KeysDocument): Entering {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const reading = readKeys(text);
  return 'faults' in reading ? reading : { text };
}
