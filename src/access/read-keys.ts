import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { CallerEntry, CALLERS_MAX, KeysFrame, type KeysDocument } from '../schema/keys-file.js';
import { LOCAL, NOBODY } from './caller.js';
import { holdsKey } from './key.js';

/** Sentences for whoever wrote the file. They name entries, and never repeat a key or a hash. */
export type KeysReading = { readonly document: KeysDocument } | { readonly faults: readonly string[] };

const FRAME = TypeCompiler.Compile(KeysFrame);
const ENTRY = TypeCompiler.Compile(CallerEntry);
const FAULTS_MAX = 10;
const RESERVED = [LOCAL.name, NOBODY.name];
const MEMBERS = Object.keys(CallerEntry.properties).join(', ');

/** Reads the text of a keys file whole, or says what is wrong with it. */
export function readKeys(text: string): KeysReading {
  const parsed = parse(text);
  if (!FRAME.Check(parsed)) {
    return { faults: [`It must be {"callers": [...]} in JSON, with at most ${CALLERS_MAX} callers.`] };
  }
  const callers: CallerEntry[] = [];
  const faults: string[] = [];
  for (const [index, entry] of parsed.callers.entries()) {
    const fault = faultOf(entry);
    if (fault !== undefined) faults.push(`${nameEntry(entry, index)}: ${fault}.`);
    else if (ENTRY.Check(entry)) callers.push(entry);
  }
  if (faults.length === 0) faults.push(...repetitions(callers));
  return faults.length === 0 ? { document: { callers } } : { faults: faults.slice(0, FAULTS_MAX) };
}

/** What the parser says of a text repeats a piece of it, so its words are not passed on. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function faultOf(entry: unknown): string | undefined {
  if (!ENTRY.Check(entry)) return misfit(ENTRY.Errors(entry).First());
  if (RESERVED.includes(entry.name))
    return `the name is taken: nobody may be called ${RESERVED.join(' or ')}`;
  if (holdsKey(entry.name)) return 'the name holds a key';
  return entry.expiresAt === undefined || isInstant(entry.expiresAt)
    ? undefined
    : 'expiresAt is no day or hour that exists';
}

function misfit(error: ValueError | undefined): string {
  const [, member = '', place] = (error?.path ?? '').split('/');
  if (!Object.hasOwn(CallerEntry.properties, member)) {
    return member === '' ? 'it must be an object' : `it may have the members ${MEMBERS}, and no others`;
  }
  const where = place === undefined ? member : `${member}[${place}]`;
  const { description } = error?.schema ?? {};
  return description === undefined ? `${where} does not fit` : `${where} must be ${description}`;
}

/** A day that is not in its month is read as one of the next. */
function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().replace('.000', '') === text;
}

/** By its place, and by its name where that is one. */
function nameEntry(entry: unknown, index: number): string {
  const place = `callers[${index}]`;
  if (typeof entry !== 'object' || entry === null || !('name' in entry)) return place;
  const { name } = entry;
  const isName = typeof name === 'string' && new RegExp(CallerEntry.properties.name.pattern!).test(name);
  return isName && !holdsKey(name) ? `${place} (${name})` : place;
}

/** A key stands for one caller, and a name for one entry. */
function repetitions(callers: readonly CallerEntry[]): readonly string[] {
  const names = new Map<string, string>();
  const keys = new Map<string, string>();
  return callers.flatMap((entry, index) => {
    const here = nameEntry(entry, index);
    const namesake = names.get(entry.name);
    names.set(entry.name, here);
    const faults = namesake === undefined ? [] : [`${here}: the name stands in ${namesake} already.`];
    for (const [place, keyHash] of entry.keyHashes.entries()) {
      const holder = keys.get(keyHash);
      keys.set(keyHash, here);
      if (holder !== undefined) faults.push(`${here}: keyHashes[${place}] stands in ${holder} already.`);
    }
    return faults;
  });
}
