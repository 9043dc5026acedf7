/** What a worker is asked for. */
export const REQUEST_KINDS = ['clear-round', 'clear-openrtb', 'check-policy', 'explain-record'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * The packet that carries a batch of rounds to a worker: bytes, because cloning an object between threads costs
 * more than parsing it.
 *
 *     [ count ]  [ arrivedAtMs, kind, subject length, length ] x count  [ subject, body ] [ subject, body ] ...
 *       float64    float64                                                ASCII    raw request bytes
 */
export interface PendingRound {
  readonly kind: RequestKind;
  /**
   * What the request names outside its body: a policy to be checked, the id of a record to be explained and in which form,
   * or the id of a round that brings none; empty where the worker chooses the id.
   */
  readonly subject: string;
  readonly bytes: Uint8Array;
  /** Never answered as expired for waiting in the queue. */
  readonly isPatient?: boolean;
  /** Monotonic clock, milliseconds. */
  readonly arrivedAtMs: number;
}

const HEAD = 1;
const COLUMNS = 4;
const FLOAT_BYTES = 8;

/** One transferable buffer; unpackRequest is its inverse. */
export function packRequest(rounds: readonly PendingRound[]): ArrayBuffer {
  const tableLength = HEAD + COLUMNS * rounds.length;
  const bodiesLength = rounds.reduce((sum, { subject, bytes }) => sum + subject.length + bytes.length, 0);
  const packet = new ArrayBuffer(tableLength * FLOAT_BYTES + bodiesLength);
  const table = new Float64Array(packet, 0, tableLength);
  const bodies = Buffer.from(packet, tableLength * FLOAT_BYTES);
  table[0] = rounds.length;
  let end = 0;
  for (const [index, { kind, subject, bytes, arrivedAtMs }] of rounds.entries()) {
    const row = HEAD + COLUMNS * index;
    table[row] = arrivedAtMs;
    table[row + 1] = REQUEST_KINDS.indexOf(kind);
    table[row + 2] = subject.length;
    table[row + 3] = bytes.length;
    end += bodies.write(subject, end, 'latin1');
    bodies.set(bytes, end);
    end += bytes.length;
  }
  return packet;
}

/** A request of a packet; its bytes are a view into it. */
export interface UnpackedRequest extends PendingRound {
  readonly bytes: Buffer;
}

export function unpackRequest(packet: ArrayBuffer): UnpackedRequest[] {
  const count = new Float64Array(packet, 0, HEAD)[0]!;
  const tableLength = HEAD + COLUMNS * count;
  const table = new Float64Array(packet, 0, tableLength);
  let start = tableLength * FLOAT_BYTES;
  return Array.from({ length: count }, (_, index) => {
    const row = HEAD + COLUMNS * index;
    const subjectLength = table[row + 2]!;
    const length = table[row + 3]!;
    const subject = subjectLength === 0 ? '' : Buffer.from(packet, start, subjectLength).toString('latin1');
    const bytes = Buffer.from(packet, start + subjectLength, length);
    start += subjectLength + length;
    return { arrivedAtMs: table[row]!, kind: REQUEST_KINDS[table[row + 1]!]!, subject, bytes };
  });
}
