import { FIRST_LINE, lastLine } from '../../engine/trail/block-line.js';
import { UsageError } from '../terminal.js';

export interface LogExtent {
  readonly node: string;
  /** Blocks that are read; what is appended later is not. */
  readonly size: number;
}

/** Where a trail is read from, a log at a time. */
export interface LogsSource {
  /** By the names of their nodes. */
  readonly logs: () => Promise<readonly LogExtent[]>;
  /** The lines of all blocks, in pieces that may end anywhere. */
  readonly lines: (log: LogExtent) => AsyncIterable<Uint8Array | string>;
  readonly close: () => Promise<void>;
}

const LINE_FEED = 0x0a;

/** How much of an export is done. */
export interface Exported {
  blocks: number;
  blocksTotal: number;
  bytes: number;
}

/** These logs as a file has them, made piece by piece. */
export async function* exportedTrail(
  source: LogsSource,
  logs: readonly LogExtent[],
  told: Exported,
): AsyncGenerator<Buffer> {
  told.blocksTotal = logs.reduce((sum, { size }) => sum + size, 0);
  yield Buffer.from(FIRST_LINE);
  for (const log of logs) {
    for await (const piece of source.lines(log)) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece);
      told.blocks += lineFeedsIn(bytes);
      told.bytes += bytes.length;
      yield bytes;
    }
  }
  if (told.blocks !== told.blocksTotal)
    throw new UsageError(`The trail has ${told.blocks} blocks where ${told.blocksTotal} were announced.`);
  yield Buffer.from(lastLine(told.blocks, logs.length));
}

export function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
