import { invariant } from '../../base/assert.js';
import { readReference } from '../../schema/catalogue.js';

export interface Version<T> {
  readonly name: string;
  readonly version: number;
  readonly document: T;
}

/** Every version of every name of one kind, for look-ups by reference. */
export class Versions<T> {
  readonly #byName = new Map<string, Version<T>[]>();

  add(version: Version<T>): void {
    const versions = this.#byName.get(version.name) ?? [];
    invariant(version.version === versions.length + 1, 'versions of a name count up by one');
    versions.push(version);
    this.#byName.set(version.name, versions);
  }

  /** The newest version of each name that comes after `after` in order, at most `limit`. */
  newest(after: string, limit: number): readonly Version<T>[] {
    const names = [...this.#byName.keys()].filter((name) => name > after).sort();
    return names.slice(0, limit).map((name) => this.#byName.get(name)!.at(-1)!);
  }

  /** `house@3`, or `house` for its newest version. */
  find(reference: string): Version<T> | undefined {
    const wanted = readReference(reference);
    if (wanted === undefined) return undefined;
    const versions = this.#byName.get(wanted.name);
    return wanted.version === undefined ? versions?.at(-1) : versions?.[wanted.version - 1];
  }
}
