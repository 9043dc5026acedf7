import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from './markdown.js';

export interface TreeCopy {
  readonly folder: string;
  readonly remove: () => void;
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);

/** The sources as a fresh clone has them, with the dependencies of this tree and without its build. */
export function copyTree(): TreeCopy {
  const folder = mkdtempSync(join(tmpdir(), 'parley-docs-'));
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, remove };
}
