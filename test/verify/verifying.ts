import { Readable } from 'node:stream';
import { readCheckpoint } from '../../src/verify/checkpoint.js';
import type { Misfit } from '../../src/verify/log-check.js';
import { type Totals, verifyTrail } from '../../src/verify/verify-trail.js';

export interface Given {
  readonly keys?: readonly string[];
  readonly checkpoints?: readonly string[];
  /** Bytes that come at once. */
  readonly pieceBytes?: number;
}

export interface Verified {
  readonly result: Totals | Misfit;
  readonly logs: readonly { readonly node: string; readonly records: number; readonly digests: number }[];
}

/** Verifies the text of a trail that comes in pieces. */
export async function verifyText(text: string | Buffer, given: Given = {}): Promise<Verified> {
  const { keys = [], checkpoints = [], pieceBytes = 65_536 } = given;
  const held = new Set(checkpoints.map((note) => readCheckpoint(note)!));
  const logs: Verified['logs'][number][] = [];
  const result = await verifyTrail(
    Readable.from(pieces(Buffer.from(text), pieceBytes)),
    { keys: new Set(keys), held },
    (log) => {
      logs.push({ node: log.node, records: log.records, digests: log.digests });
    },
  );
  return { result, logs };
}

function* pieces(bytes: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceBytes)
    yield bytes.subarray(start, start + pieceBytes);
}
