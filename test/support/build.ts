import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUILD = new URL('../../dist/current/', import.meta.url);

/** A file of the build, for tests that need what is really served: worker threads and the command line. */
export function builtFile(path: string): URL {
  const file = new URL(path, BUILD);
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)} is missing: run npm run build first.`);
  return file;
}

export function builtPath(path: string): string {
  return fileURLToPath(builtFile(path));
}
