import type { Missing, Taxonomy } from '../../schema/policy.js';
import { parentIndex } from './cover-index.js';
import { firstName, type Speak, shownNames, type Verdict } from '../verdict.js';

/** The entry of a list that covers a name. */
export type Finder = (name: string) => string | undefined;

export interface ListVoice {
  readonly field: string;
  readonly missing: Missing;
  readonly speak: Speak;
}

type NamesRule = (names: readonly string[]) => Verdict | undefined;

/** Speaks when a name is outside the list; of several, the first in order is told. */
export function allowsNames(list: readonly string[], find: Finder, voice: ListVoice): NamesRule {
  const { field, speak } = voice;
  const limit = shownNames(list);
  const isOutside = (name: string) => find(name) === undefined;
  const silence = onMissing(list, voice);
  return (names) => {
    if (names.length === 0) return silence();
    for (const name of names) {
      if (isOutside(name)) return speak(field, limit, firstName(names.filter(isOutside)));
    }
    return undefined;
  };
}

/** Speaks when the list covers a name; of several, the first in order is told. */
export function blocksNames(list: readonly string[], find: Finder, voice: ListVoice): NamesRule {
  const { field, speak } = voice;
  const isCovered = (name: string) => find(name) !== undefined;
  const silence = onMissing(list, voice);
  return (names) => {
    if (names.length === 0) return silence();
    for (const name of names) {
      if (!isCovered(name)) continue;
      const told = firstName(names.filter(isCovered));
      return speak(field, find(told) ?? null, told);
    }
    return undefined;
  };
}

export function categoryFinder(categories: readonly string[], taxonomy: Taxonomy): Finder {
  if (taxonomy === 'content-1.0') return parentIndex(categories).widest;
  const listed = new Set(categories);
  return (category) => (listed.has(category) ? category : undefined);
}

function onMissing(list: readonly string[], { missing, field, speak }: ListVoice): () => Verdict | undefined {
  if (missing === 'allow') return () => undefined;
  return () => speak(field, shownNames(list), null);
}
