import type { Difference, Replayed } from './replayed.js';

/** Whether a record was recomputed to the same bytes, and if not, where it first differs. */
export function compareTexts(stored: string, recomputed: string): Replayed {
  if (stored === recomputed) return { outcome: 'equal' };
  const difference = firstDifference(JSON.parse(stored), JSON.parse(recomputed), '');
  return { outcome: 'different', difference: difference ?? differentSpelling(stored, recomputed) };
}

/** The first place, in the order of the names of members, where two values of JSON differ. */
function firstDifference(stored: unknown, recomputed: unknown, pointer: string): Difference | undefined {
  if (!isParent(stored) || !isParent(recomputed) || Array.isArray(stored) !== Array.isArray(recomputed)) {
    const [one, other] = [textOf(stored), textOf(recomputed)];
    return one === other ? undefined : { pointer, stored: one, recomputed: other };
  }
  for (const name of namesOf(stored, recomputed)) {
    const found = firstDifference(own(stored, name), own(recomputed, name), `${pointer}/${escaped(name)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Parent = Readonly<Record<string, unknown>>;

function isParent(value: unknown): value is Parent {
  return typeof value === 'object' && value !== null;
}

/** Places of a list in their order, members of an object in that of their names. */
function namesOf(stored: Parent, recomputed: Parent): readonly string[] {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(recomputed)])];
  return Array.isArray(stored) ? names : names.sort();
}

function own(parent: Parent, name: string): unknown {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

const SHOWN_AROUND = 20;

/** The same values, written in another way: that is a difference, because hashes are taken over bytes. */
function differentSpelling(stored: string, recomputed: string): Difference {
  let at = 0;
  while (stored[at] === recomputed[at]) at++;
  const start = Math.max(0, at - SHOWN_AROUND);
  const shown = (text: string): string => text.slice(start, at + SHOWN_AROUND);
  return { pointer: '', stored: shown(stored), recomputed: shown(recomputed) };
}
