import { open } from 'node:fs/promises';
import { shareOf } from '../progress/progress-line.js';
import { type Terminal, UsageError } from '../terminal.js';
import { NO_TRAIL, openTrail } from './open-trail.js';
import { exportedTrail, lineFeedsIn } from './logs-source.js';
import type { VerifyArguments } from './verify-arguments.js';

/** What is verified, and how much of it has been read. */
export interface VerifyInput {
  readonly pieces: AsyncIterable<Buffer>;
  readonly read: { bytes: number; lines: number };
  readonly share: () => number | undefined;
  readonly close: () => Promise<void>;
}

export async function openInput(terminal: Terminal, { path, from }: VerifyArguments): Promise<VerifyInput> {
  const read = { bytes: 0, lines: 0 };
  if (path === undefined) return openSource(terminal, from, read);
  if (path === '-') {
    const pieces = counted(process.stdin, read, path);
    return { pieces, read, share: () => undefined, close: () => Promise.resolve() };
  }
  const file = await open(path).catch((error: unknown) => unreadable(path, error));
  const status = await file.stat();
  const size = status.isFile() ? status.size : undefined;
  const pieces = counted(file.createReadStream({ autoClose: false }), read, path);
  return { pieces, read, share: () => shareOf(read.bytes, size), close: () => file.close() };
}

async function openSource(
  terminal: Terminal,
  from: string | undefined,
  read: VerifyInput['read'],
): Promise<VerifyInput> {
  const source = await openTrail(terminal, from);
  if (source === undefined) throw new UsageError(`Name a file, or - for standard input. ${NO_TRAIL}`);
  const told = { blocks: 0, blocksTotal: 0, bytes: 0 };
  const pieces = counted(exportedTrail(source, await source.logs(), told), read, from ?? 'the ledger');
  const share = () => (told.blocksTotal === 0 ? undefined : told.blocks / told.blocksTotal);
  return { pieces, read, share, close: source.close };
}

async function* counted(
  source: AsyncIterable<unknown>,
  read: VerifyInput['read'],
  path: string,
): AsyncGenerator<Buffer> {
  try {
    for await (const piece of source) {
      if (!Buffer.isBuffer(piece)) throw new TypeError('a piece is bytes');
      read.bytes += piece.length;
      read.lines += lineFeedsIn(piece);
      yield piece;
    }
  } catch (error) {
    unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): never {
  if (error instanceof UsageError) throw error;
  throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
}
