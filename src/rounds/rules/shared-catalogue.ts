import { invariant } from '../../base/assert.js';
import type { Publication } from '../../schema/catalogue.js';

/**
 * Every version of every policy and profile, in memory that the main thread writes and all workers read. Nothing
 * written is ever changed; it only grows, so a reader needs no lock.
 *
 *     [ end ]  [ length, publication ]  [ length, publication ]  ...  room to grow
 *      int32     int32   JSON             int32   JSON
 *        |                                                      ^
 *        └── where the next publication will begin: moved after it is written
 */
const END = 0;
const HEAD_BYTES = 4;
const LENGTH_BYTES = 4;
const GROWTH_BYTES = 65_536;

export class CatalogueWriter {
  readonly shared: SharedArrayBuffer;

  /** `bytesMax` is reserved and not used: memory is taken as it is written. */
  constructor(bytesMax: number) {
    this.shared = new SharedArrayBuffer(HEAD_BYTES, { maxByteLength: HEAD_BYTES + bytesMax });
    Atomics.store(new Int32Array(this.shared, 0, 1), END, HEAD_BYTES);
  }

  get bytes(): number {
    return endOf(this.shared) - HEAD_BYTES;
  }

  /** @throws when there is no room: the ledger refuses what would not fit. */
  append(publication: Publication): void {
    const text = Buffer.from(JSON.stringify(publication));
    const start = endOf(this.shared);
    const end = start + paddedSize(text.length);
    this.#growTo(end);
    const entry = Buffer.from(this.shared, start, end - start);
    entry.writeInt32LE(text.length);
    entry.set(text, LENGTH_BYTES);
    Atomics.store(new Int32Array(this.shared, 0, 1), END, end);
  }

  #growTo(end: number): void {
    const { shared } = this;
    if (end <= shared.byteLength) return;
    invariant(end <= shared.maxByteLength, 'the ledger takes no more than the catalogue has room for');
    shared.grow(Math.min(shared.maxByteLength, Math.max(end, shared.byteLength + GROWTH_BYTES)));
  }
}

/** One worker's view. What it has read once it never reads again. */
export class CatalogueReader {
  readonly #shared: SharedArrayBuffer;
  #start = HEAD_BYTES;

  constructor(shared: SharedArrayBuffer) {
    this.#shared = shared;
  }

  /** What was published since the last call, oldest first; one look at one number when that is nothing. */
  readNew(): readonly Publication[] {
    const end = endOf(this.#shared);
    const publications: Publication[] = [];
    // One view over all that is new: a view for each entry costs more than reading it.
    const fresh = Buffer.from(this.#shared, this.#start, end - this.#start);
    for (let at = 0; at < fresh.length;) {
      const length = fresh.readInt32LE(at);
      const start = at + LENGTH_BYTES;
      publications.push(JSON.parse(fresh.toString('utf8', start, start + length)) as Publication);
      at += paddedSize(length);
    }
    this.#start = end;
    return publications;
  }
}

/** The bytes that a publication takes in shared memory; a ledger counts by this. */
export function publicationSize(publication: Publication): number {
  return paddedSize(Buffer.byteLength(JSON.stringify(publication)));
}

/** Lengths stand at multiples of four, where an Int32Array can read them. */
function paddedSize(length: number): number {
  return LENGTH_BYTES + Math.ceil(length / LENGTH_BYTES) * LENGTH_BYTES;
}

function endOf(shared: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(shared, 0, 1), END);
}
