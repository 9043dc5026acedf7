/** What a worker is asked for. */
export const REQUEST_KINDS = ['clear-round', 'clear-openrtb', 'check-policy', 'explain-record'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * The packet that carries a batch of rounds to a worker: bytes, because cloning an object between threads costs
 * more than parsing it.
 *
 *     [ count ]  [ arrivedAtMs, kind, seats, subject length, length ] x count  [ subject, body ] [ subject, body ] ...  [ lists of seats ]
 *       float64    float64                                                       ASCII    raw request bytes              JSON
 *
 * `seats` counts the lists from 1; 0 stands for every seat. Each list travels once, however many rounds its caller sent.
 */
export interface PendingRound {
  readonly kind: RequestKind;
  /**
   * What the request names outside its body: a policy to be checked, the id of a record to be explained and in which form,
   * or the id of a round that brings none; empty where the worker chooses the id.
   */
  readonly subject: string;
  readonly bytes: Uint8Array;
  /** The only seats it may carry bids of; undefined: any. */
  readonly seats?: readonly string[] | undefined;
  /** Never answered as expired for waiting in the queue. */
  readonly isPatient?: boolean;
  /** Monotonic clock, milliseconds. */
  readonly arrivedAtMs: number;
}

const HEAD = 1;
const COLUMNS = 5;
const FLOAT_BYTES = 8;

/** One transferable buffer; unpackRequest is its inverse. */
export function packRequest(rounds: readonly PendingRound[]): ArrayBuffer {
  const tableLength = HEAD + COLUMNS * rounds.length;
  const bodiesLength = rounds.reduce((sum, { subject, bytes }) => sum + subject.length + bytes.length, 0);
  const lists = seatLists(rounds);
  // Seats are ASCII, as ids are, and so is their JSON.
  const listsText = lists.length === 0 ? '' : JSON.stringify(lists);
  const packet = new ArrayBuffer(tableLength * FLOAT_BYTES + bodiesLength + listsText.length);
  const table = new Float64Array(packet, 0, tableLength);
  const bodies = Buffer.from(packet, tableLength * FLOAT_BYTES);
  table[0] = rounds.length;
  let end = 0;
  for (const [index, { kind, subject, bytes, seats, arrivedAtMs }] of rounds.entries()) {
    const row = HEAD + COLUMNS * index;
    table[row] = arrivedAtMs;
    table[row + 1] = REQUEST_KINDS.indexOf(kind);
    table[row + 2] = seats === undefined ? 0 : lists.indexOf(seats) + 1;
    table[row + 3] = subject.length;
    table[row + 4] = bytes.length;
    end += bodies.write(subject, end, 'latin1');
    bodies.set(bytes, end);
    end += bytes.length;
  }
  bodies.write(listsText, end, 'latin1');
  return packet;
}

/** One for each caller that is bound to seats: all its rounds carry the same array. */
function seatLists(rounds: readonly PendingRound[]): (readonly string[])[] {
  const lists = new Set<readonly string[]>();
  for (const { seats } of rounds) if (seats !== undefined) lists.add(seats);
  return [...lists];
}

/** A request of a packet; its bytes are a view into it. */
export interface UnpackedRequest extends Omit<PendingRound, 'seats'> {
  readonly bytes: Buffer;
  readonly seats: ReadonlySet<string> | undefined;
}

export function unpackRequest(packet: ArrayBuffer): UnpackedRequest[] {
  const count = new Float64Array(packet, 0, HEAD)[0]!;
  const tableLength = HEAD + COLUMNS * count;
  const table = new Float64Array(packet, 0, tableLength);
  let start = tableLength * FLOAT_BYTES;
  const requests = Array.from({ length: count }, (_, index) => {
    const row = HEAD + COLUMNS * index;
    const subjectLength = table[row + 3]!;
    const length = table[row + 4]!;
    const subject = subjectLength === 0 ? '' : Buffer.from(packet, start, subjectLength).toString('latin1');
    const bytes = Buffer.from(packet, start + subjectLength, length);
    start += subjectLength + length;
    const kind = REQUEST_KINDS[table[row + 1]!]!;
    return { arrivedAtMs: table[row]!, kind, list: table[row + 2]!, subject, bytes };
  });
  const lists = readLists(Buffer.from(packet, start));
  return requests.map(({ list, ...request }) => ({ ...request, seats: lists[list - 1] }));
}

function readLists(json: Buffer): readonly ReadonlySet<string>[] {
  if (json.length === 0) return [];
  return (JSON.parse(json.toString('latin1')) as string[][]).map((seats) => new Set(seats));
}
