import type { Readable } from 'node:stream';
import { LineSplitter } from '../../engine/bulk/line-splitter.js';
import { UsageError } from '../terminal.js';

/** A block has the records of one batch; a line that is longer holds no block. */
const LINE_BYTES_MAX = 256 * 1_048_576;

/** The lines of a text as they are asked for; blank ones are left out. */
export async function* linesOf(source: Readable): AsyncIterable<string> {
  const splitter = new LineSplitter(LINE_BYTES_MAX);
  for await (const piece of source) yield* textsOf(splitter.split(piece as Buffer));
  const last = splitter.end();
  if (last !== undefined) yield* textsOf([last]);
}

function* textsOf(lines: ReturnType<LineSplitter['split']> | readonly { bytes: Buffer | undefined }[]) {
  for (const { bytes } of lines) {
    if (bytes === undefined) throw new UsageError(`A line is longer than ${LINE_BYTES_MAX} bytes.`);
    yield bytes.toString();
  }
}
