import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Script {
  readonly text: string;
  /** What Redis knows it by once it has seen it. */
  readonly sha1: string;
}

const loaded = new Map<string, Script>();

/** One file of `scripts/` for each command; its header says what it takes and answers. */
export function scriptOf(name: string): Script {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`scripts/${name}.lua`, import.meta.url), 'utf8');
  const script = { text, sha1: createHash('sha1').update(text).digest('hex') };
  loaded.set(name, script);
  return script;
}
