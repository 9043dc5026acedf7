import { statSync } from 'node:fs';
import { findVectors } from './find-vectors.js';
import type { Skipped, Suite } from './vector.js';

const USAGE = 'Usage: npm run conformance -- PATH, a folder with published vectors.';
const STATUS_FAILED = 1;
const STATUS_USAGE = 2;

process.exitCode = main(process.argv.slice(2));

/** Answers the exit status: 1 when a vector fails, 2 when there is none. */
function main([path, ...rest]: readonly string[]): number {
  if (path === undefined || rest.length > 0) return complain(USAGE);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    return complain(`${path} is no folder. ${USAGE}`);
  const { suites, skipped } = findVectors(path);
  for (const each of skipped) process.stdout.write(describeSkipped(each));
  if (suites.length === 0) return complain(`There are no vectors that Parley knows under ${path}.`);
  for (const suite of suites) process.stdout.write(describe(suite));
  const vectors = suites.flatMap((suite) => suite.vectors);
  const failed = vectors.filter(({ failure }) => failure !== undefined).length;
  process.stdout.write(`${vectors.length} vectors, ${failed} failed\n`);
  return failed === 0 ? 0 : STATUS_FAILED;
}

function describe({ folder, says, vectors, broken }: Suite): string {
  const failures = vectors.filter(({ failure }) => failure !== undefined);
  const passed = vectors.length - failures.length;
  const head = `${folder}: ${says}: ${passed} of ${vectors.length} pass, of which ${broken} are broken and have to be refused\n`;
  return head + failures.map(({ name, failure }) => `  failed  ${name}: ${failure ?? ''}\n`).join('');
}

function describeSkipped({ folder, why, files }: Skipped): string {
  return `${folder}: ${files} files not run: ${why}\n`;
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return STATUS_USAGE;
}
