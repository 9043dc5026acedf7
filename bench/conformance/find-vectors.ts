import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { type CanonicalPair, runCanonical } from './canonical-vectors.js';
import { MERKLE_KINDS, runMerkle } from './merkle-vectors.js';
import type { Found, Skipped, Suite } from './vector.js';

/** Proofs about parts of a tree are not in RFC 6962, and no trail has them. */
const SKIPPED_FOLDERS = new Set(['subtreeinclusion', 'subtreeconsistency']);

/**
 * Runs every vector under the path. Folders are known by their layout: `inclusion` and `consistency` hold Merkle proofs,
 * one a file at any depth; `input` beside `output` holds pairs of JSON texts.
 */
export function findVectors(root: string): Found {
  const suites: Suite[] = [];
  const skipped: Skipped[] = [];
  for (const folder of foldersUnder(root)) {
    const shown = relative(root, folder) || '.';
    const kind = MERKLE_KINDS.find((name) => name === basename(folder));
    if (kind !== undefined) suites.push(runMerkle(kind, shown, readAll(root, folder)));
    else if (SKIPPED_FOLDERS.has(basename(folder)))
      skipped.push({ folder: shown, why: 'not of RFC 6962', files: jsonFiles(folder).length });
    else if (isDirectory(join(folder, 'input')) && isDirectory(join(folder, 'output')))
      suites.push(runCanonical(shown, pairsIn(root, folder)));
  }
  return { suites: suites.filter(({ vectors }) => vectors.length > 0), skipped };
}

function foldersUnder(root: string): string[] {
  const inside = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  return [root, ...inside.toSorted()];
}

function jsonFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.json')).toSorted();
}

function readAll(root: string, folder: string) {
  return jsonFiles(folder).map((name) => {
    const path = join(folder, name);
    return { name: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
  });
}

/** A file without its counterpart is a vector that fails, not one that is passed over. */
function pairsIn(root: string, folder: string): CanonicalPair[] {
  return jsonFiles(join(folder, 'input')).map((name) => {
    const output = join(folder, 'output', name);
    const hex = join(folder, 'outhex', name.replace(/\.json$/, '.txt'));
    return {
      name: relative(root, join(folder, 'input', name)),
      input: readFileSync(join(folder, 'input', name), 'utf8'),
      output: existsSync(output) ? readFileSync(output) : Buffer.alloc(0),
      outputHex: existsSync(hex) ? readFileSync(hex, 'utf8') : undefined,
    };
  });
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
