/**
 * The packet that carries a batch of rounds to a worker: bytes, because cloning an object between threads costs
 * more than parsing it.
 *
 *     [ count ]  [ arrivedAtMs, length ] x count  [ body ] [ body ] ...
 *       float64    float64               n        raw request bytes
 */
export interface PendingRound {
  readonly bytes: Uint8Array;
  /** Monotonic clock, milliseconds. */
  readonly arrivedAtMs: number;
}

const HEAD = 1;
const COLUMNS = 2;
const FLOAT_BYTES = 8;

/** One transferable buffer; unpackRequest is its inverse. */
export function packRequest(rounds: readonly PendingRound[]): ArrayBuffer {
  const tableLength = HEAD + COLUMNS * rounds.length;
  const bodiesLength = rounds.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const packet = new ArrayBuffer(tableLength * FLOAT_BYTES + bodiesLength);
  const table = new Float64Array(packet, 0, tableLength);
  const bodies = new Uint8Array(packet, tableLength * FLOAT_BYTES);
  table[0] = rounds.length;
  let end = 0;
  for (const [index, { bytes, arrivedAtMs }] of rounds.entries()) {
    table[HEAD + COLUMNS * index] = arrivedAtMs;
    table[HEAD + COLUMNS * index + 1] = bytes.length;
    bodies.set(bytes, end);
    end += bytes.length;
  }
  return packet;
}

/** The rounds of a packet, as views into it. */
export function unpackRequest(
  packet: ArrayBuffer,
): { readonly bytes: Buffer; readonly arrivedAtMs: number }[] {
  const count = new Float64Array(packet, 0, HEAD)[0]!;
  const tableLength = HEAD + COLUMNS * count;
  const table = new Float64Array(packet, 0, tableLength);
  let start = tableLength * FLOAT_BYTES;
  return Array.from({ length: count }, (_, index) => {
    const arrivedAtMs = table[HEAD + COLUMNS * index]!;
    const length = table[HEAD + COLUMNS * index + 1]!;
    const bytes = Buffer.from(packet, start, length);
    start += length;
    return { bytes, arrivedAtMs };
  });
}
