import type { CallerEntry } from '../schema/keys-file.js';
import { type Caller, callerOf } from './caller.js';
import { hashOfKey, presentedKey } from './key.js';

interface Holder {
  readonly caller: Caller;
  /** Milliseconds since the epoch; infinite when the entry does not say. */
  readonly expiresAtMs: number;
}

/** Who holds which key, as one reading of the keys file has it. */
export class KeyRing {
  readonly #holders: ReadonlyMap<string, Holder>;
  readonly callers: number;

  constructor(entries: readonly CallerEntry[]) {
    this.#holders = new Map(entries.flatMap(holdersOf));
    this.callers = entries.length;
  }

  /**
   * The caller that a header `Authorization` names; undefined when it names none, or none any more. What is looked up is
   * the hash: how long the look-up takes says something of the hash, and nobody can aim at a hash.
   */
  identify(authorization: string | undefined, nowMs: number): Caller | undefined {
    const key = presentedKey(authorization);
    if (key === undefined) return undefined;
    const holder = this.#holders.get(hashOfKey(key));
    return holder !== undefined && nowMs < holder.expiresAtMs ? holder.caller : undefined;
  }
}

function holdersOf(entry: CallerEntry): [string, Holder][] {
  const { keyHashes, expiresAt } = entry;
  const holder = {
    caller: callerOf(entry),
    expiresAtMs: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
  };
  return keyHashes.map((keyHash) => [keyHash, holder]);
}
