import { createReadStream } from 'node:fs';
import { isEnd, isFrame, readBlockLine } from '../../engine/replay/read-block-line.js';
import type { BlockPlace, TrailBlock, TrailSource } from '../../engine/replay/trail-source.js';
import { UsageError } from '../terminal.js';
import { linesOf } from './lines.js';

/** A trail in a file, as `parley export` writes it. */
export function exportSource(path: string): TrailSource {
  return { blocks: (place) => blocksIn(path, place) };
}

async function* blocksIn(path: string, place: BlockPlace | undefined): AsyncIterable<TrailBlock> {
  let line = 0;
  let isWhole = false;
  for await (const text of fileLines(path)) {
    line++;
    isWhole = isEnd(text);
    if (isFrame(text)) continue;
    const block = blockIn(text, `${path}, line ${line}`);
    if (place === undefined || isAt(block, place)) yield block;
  }
  if (!isWhole)
    throw new UsageError(`${path} was cut off: the last line of an export says that it is whole.`);
}

/** @throws UsageError when the file cannot be read. */
async function* fileLines(path: string): AsyncIterable<string> {
  try {
    yield* linesOf(createReadStream(path));
  } catch (error) {
    if (error instanceof UsageError || !isSystemError(error)) throw error;
    throw new UsageError(`Cannot read ${path}: ${error.message}`);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function isAt(block: TrailBlock, { node, number }: BlockPlace): boolean {
  return block.node === node && block.number === number;
}

/** `where` names the line. */
export function blockIn(text: string, where: string): TrailBlock {
  try {
    return readBlockLine(text);
  } catch {
    // Whatever is wrong with it, it is no block.
    throw new UsageError(`${where}: this is no block of an exported trail.`);
  }
}
