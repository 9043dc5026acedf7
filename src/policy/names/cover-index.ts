/**
 * Finds the entries of a list that cover a name: in a list of domains, `example.com` covers `shop.example.com`.
 *
 *     s h o p . e x a m p l e . c o m      every part that ends at a dot, or is the whole name, may be an entry
 *     |         |               |
 *
 * Nearly no part is one, and one look into a sieve (its length and three of its characters) tells so for each. Only when
 * the sieve lets a part through is the name walked with a running hash. So the usual name costs little, and the
 * worst one costs its length, however many entries and parts there are; nothing is cut out of it for a miss.
 */
export interface CoverIndex {
  /** The widest entry that covers the name; entries of domains come back in small letters. */
  readonly widest: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
}

interface Walk {
  /** Between a parent and the rest of a child's name. */
  readonly separator: string;
  readonly fromEnd: boolean;
  readonly foldsCase: boolean;
}

/** A domain covers its subdomains, in any case of letters, as isWithinDomains has it. */
export function domainIndex(domains: readonly string[]): CoverIndex {
  return coverIndex(domains, { separator: '.', fromEnd: true, foldsCase: true });
}

/** In Content Taxonomy 1.0 IAB25 covers IAB25-3, and not IAB255. */
export function parentIndex(categories: readonly string[]): CoverIndex {
  return coverIndex(categories, { separator: '-', fromEnd: false, foldsCase: false });
}

function coverIndex(entries: readonly string[], walk: Walk): CoverIndex {
  const spelt = walk.foldsCase ? entries.map((entry) => entry.toLowerCase()) : entries;
  const byHash = hashTable(spelt, walk);
  const mayCover = sieveOf(spelt, walk);
  return {
    widest: (name) => (mayCover(name) ? search(byHash, name, walk).next().value : undefined),
    all: (name) => (mayCover(name) ? [...search(byHash, name, walk)] : NOTHING),
  };
}

const NOTHING: readonly string[] = [];
const SIEVE_MASK = 4095;

/** False only when no entry covers the name. */
function sieveOf(entries: readonly string[], { separator, fromEnd }: Walk): (name: string) => boolean {
  const mark = separator.charCodeAt(0);
  const sieve = new Uint8Array(SIEVE_MASK + 1);
  for (const entry of entries) sieve[traitOf(entry, 0, entry.length)] = 1;
  const longest = entries.reduce((most, { length }) => Math.max(most, length), 0);
  return (name) => {
    const end = name.length;
    const stop = fromEnd ? end : Math.min(end, longest + 1);
    for (let edge = fromEnd ? Math.max(0, end - longest - 1) : 0; edge < stop; edge += 1) {
      if (name.charCodeAt(edge) !== mark) continue;
      const trait = fromEnd ? traitOf(name, edge + 1, end - edge - 1) : traitOf(name, 0, edge);
      if (sieve[trait] === 1) return true;
    }
    return end <= longest && sieve[traitOf(name, 0, end)] === 1;
  };
}

/** Setting the bit that small letters have makes both cases of a letter one trait; what else it joins does no harm. */
const SMALL = 32;

function traitOf(name: string, start: number, length: number): number {
  const first = name.charCodeAt(start) | SMALL;
  const middle = name.charCodeAt(start + (length >> 1)) | SMALL;
  const last = name.charCodeAt(start + length - 1) | SMALL;
  return (first * 131 + middle * 31 + last * 1031 + length * 7) & SIEVE_MASK;
}

interface HashTable {
  readonly hashes: ReadonlySet<number>;
  readonly entries: ReadonlySet<string>;
}

function hashTable(spelt: readonly string[], walk: Walk): HashTable {
  const entries = new Set(spelt);
  const hashes = new Set<number>();
  for (const entry of entries) {
    let hash = 0;
    for (let steps = 0; steps < entry.length; steps += 1) hash = mix(hash, codeAt(entry, steps, walk));
    hashes.add(hash);
  }
  return { hashes, entries };
}

/** The entries that cover a name, the widest first. */
function* search({ hashes, entries }: HashTable, name: string, walk: Walk): Generator<string, undefined> {
  const mark = walk.separator.charCodeAt(0);
  let hash = 0;
  for (let length = 1; length <= name.length; length += 1) {
    hash = mix(hash, codeAt(name, length - 1, walk));
    if (length < name.length && codeAt(name, length, walk) !== mark) continue;
    if (!hashes.has(hash)) continue;
    // A hash alone proves nothing, and whoever writes the list may have chosen names that share one.
    const part = partOf(name, length, walk);
    if (entries.has(part)) yield part;
  }
  return undefined;
}

function partOf(name: string, length: number, { fromEnd, foldsCase }: Walk): string {
  const part = fromEnd ? name.slice(name.length - length) : name.slice(0, length);
  return foldsCase ? part.toLowerCase() : part;
}

function mix(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

const UPPER_A = 65;
const UPPER_Z = 90;

function codeAt(name: string, steps: number, { fromEnd, foldsCase }: Walk): number {
  const code = name.charCodeAt(fromEnd ? name.length - 1 - steps : steps);
  return foldsCase && code >= UPPER_A && code <= UPPER_Z ? code + SMALL : code;
}
