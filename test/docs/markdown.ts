import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The documents of the root, and the parts of them that tests look at. */

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface CodeBlock {
  /** What stands behind the opening fence: the language, and what the block is. */
  readonly kind: string;
  readonly text: string;
}

export function rootDocuments(): readonly string[] {
  return readdirSync(ROOT).filter((name) => name.endsWith('.md'));
}

export function readDocument(name: string): string {
  return readFileSync(`${ROOT}/${name}`, 'utf8');
}

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => ({
    kind,
    text,
  }));
}

export function withoutCode(markdown: string): string {
  return markdown.replace(/^```[^]*?^```$/gm, '');
}

/** The part from a heading to the next one of the same or a higher level. */
export function section(markdown: string, heading: string): string {
  const start = markdown.indexOf(`\n${heading}\n`) + 1;
  if (start === 0) throw new Error(`there is no heading "${heading}"`);
  const level = heading.indexOf(' ');
  const next = new RegExp(`^#{1,${level}} `, 'm');
  const body = markdown.slice(start + heading.length);
  const end = body.search(next);
  return end === -1 ? body : body.slice(0, end);
}

/** The first table, as the texts of its cells; the first row is its head. */
export function tableOf(markdown: string): readonly (readonly string[])[] {
  const [table] = /^\|.*\n\|[-|]+\n(?:\|.*(?:\n|$))*/m.exec(markdown) ?? [];
  if (table === undefined) throw new Error('there is no table');
  const [head, , ...rows] = table.trimEnd().split('\n').map(cellsOf);
  return [head!, ...rows];
}

/** A bar with a backslash before it belongs to its cell. */
function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Where links lead: addresses, files, and `#anchors`. */
export function linkTargets(markdown: string): readonly string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** The anchors of all headings, as GitHub makes them. */
export function anchors(markdown: string): readonly string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
}
