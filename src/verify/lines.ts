import { isUtf8 } from 'node:buffer';

const LINE_FEED = 0x0a;
/** What has to fit into memory: a block with its records. */
const LINE_BYTES_MAX = 256 * 1_048_576;

/**
 * A line without its end, or why it is none. The text has one character for each byte: texts of wider characters take
 * twice as long, and what is hashed are bytes.
 */
export type Line = { readonly text: string } | { readonly why: string };

/** Cuts what comes in pieces into lines; holds one line at a time. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      yield lineOf([...parts, bytes.subarray(start, end)]);
      [parts, length, start] = [[], 0, end + 1];
    }
    length += bytes.length - start;
    if (length > LINE_BYTES_MAX) {
      yield { why: 'a line is longer than 256 MiB' };
      return;
    }
    if (start < bytes.length) parts.push(bytes.subarray(start));
  }
  if (length > 0) yield { why: 'the last line is torn: it has no end' };
}

function lineOf(parts: readonly Buffer[]): Line {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return isUtf8(bytes) ? { text: bytes.toString('latin1') } : { why: 'the line is not UTF-8' };
}
