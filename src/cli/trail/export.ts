import { createWriteStream } from 'node:fs';
import { finished, pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Readable, type Writable } from 'node:stream';
import { showProgress } from '../progress/progress.js';
import { type Terminal, UsageError } from '../terminal.js';
import { NO_TRAIL, openTrail } from './open-trail.js';
import { type Exported, exportedTrail } from './logs-source.js';

const USAGE = 'Usage: parley export [--from URL] FILE, or - for standard output.';

/** Writes a trail to a file, one block a line, as `parley verify` reads it. */
export async function exportTrail(terminal: Terminal): Promise<number> {
  const { from, path } = readArguments(terminal.args);
  const source = await openTrail(terminal, from);
  if (source === undefined) throw new UsageError(NO_TRAIL);
  // Asked for before the file is opened, so that an engine that does not answer leaves no empty file behind.
  const logs = await source.logs();
  const told: Exported = { blocks: 0, blocksTotal: 0, bytes: 0 };
  const startedMs = performance.now();
  const shown = showProgress(terminal, () => ({
    share: told.blocksTotal === 0 ? undefined : told.blocks / told.blocksTotal,
    bytes: told.bytes,
    count: told.blocks,
    unit: 'blocks',
    elapsedMs: performance.now() - startedMs,
  }));
  try {
    await writeTo(path, terminal, Readable.from(exportedTrail(source, logs, told)));
  } finally {
    await source.close();
    shown.finish();
  }
  return 0;
}

function readArguments(args: readonly string[]): {
  readonly from: string | undefined;
  readonly path: string;
} {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' } },
      allowPositionals: true,
    });
    const [path, ...rest] = positionals;
    if (path !== undefined && rest.length === 0) return { from: values.from, path };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
  throw new UsageError(USAGE);
}

async function writeTo(path: string, { output }: Terminal, trail: Readable): Promise<void> {
  if (path === '-') return pipeline(trail, output, { end: false });
  const file: Writable = createWriteStream(path);
  try {
    await pipeline(trail, file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot write ${path}: ${(error as Error).message}`);
  }
  await finished(file);
}
