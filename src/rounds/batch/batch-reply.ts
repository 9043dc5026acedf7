import { invariant } from '../../base/assert.js';
import type { Refusal } from '../../base/errors.js';
import { OUTCOMES, type RoundOutcome } from '../../schema/answer.js';
import { FORMAT_NAMES, type FormatName } from '../../schema/round.js';

/**
 * The packet a worker answers a batch with.
 *
 *     [ count, keysLength, trailLength ]  [ kind, format, outcome, bids, length ] x count  [ answer ] ...  [ root ]  [ keys ]  [ trail ]
 *       float64                             float64                                          JSON           32 bytes
 *
 * The trail part is empty when no records are kept.
 */
export type WorkerRound = WorkerAnswer | WorkerCheck | WorkerRefusal;

export interface WorkerAnswer {
  readonly format: FormatName;
  readonly outcome: RoundOutcome;
  readonly bids: number;
  readonly answer: Buffer;
}

/** The answer of a dry run, which leaves no record. */
export interface WorkerCheck {
  readonly checked: Buffer;
}

export interface WorkerRefusal {
  readonly refusal: Refusal;
  /** What broke, for the log and never for the caller; only with INTERNAL_FAULT. */
  readonly fault?: string;
}

/** The records of a batch as the trail keeps them. */
export interface BatchTrail {
  readonly recordsRoot: Buffer;
  /** What finds each record by the id of its round. */
  readonly roundKeys: Buffer;
  /** Full retention: one record a line. Digest: the 32-byte leaf hashes. */
  readonly body: Buffer;
}

/** An answer still in text, or a refusal. */
export type PackableRound =
  | {
      readonly format: FormatName;
      readonly outcome: RoundOutcome;
      readonly bids: number;
      readonly answer: string;
    }
  | { readonly checked: string }
  | WorkerRefusal;

const HEAD = 3;
const COLUMNS = 5;
const FLOAT_BYTES = 8;
const ROOT_BYTES = 32;
const KIND_CLEARED = 0;
const KIND_REFUSED = 1;
const KIND_CHECKED = 2;

/** One transferable buffer; unpackReply is its inverse. */
export function packReply(rounds: readonly PackableRound[], trail: BatchTrail | undefined): ArrayBuffer {
  const texts = rounds.map(textOf);
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const tableBytes = (HEAD + COLUMNS * rounds.length) * FLOAT_BYTES;
  const answersBytes = lengths.reduce((sum, length) => sum + length, 0);
  const keysBytes = trail?.roundKeys.length ?? 0;
  const trailBytes = trail === undefined ? 0 : ROOT_BYTES + keysBytes + trail.body.length;
  const packet = new ArrayBuffer(tableBytes + answersBytes + trailBytes);
  const bytes = Buffer.from(packet);
  const table = new Float64Array(packet, 0, tableBytes / FLOAT_BYTES);
  table.set([rounds.length, keysBytes, trailBytes]);
  writeRows(table, rounds, lengths);
  let end = tableBytes;
  for (const text of texts) end += bytes.write(text, end);
  trail?.recordsRoot.copy(bytes, end);
  trail?.roundKeys.copy(bytes, end + ROOT_BYTES);
  trail?.body.copy(bytes, end + ROOT_BYTES + keysBytes);
  return packet;
}

function textOf(round: PackableRound): string {
  if ('refusal' in round) return JSON.stringify(round);
  return 'checked' in round ? round.checked : round.answer;
}

function writeRows(table: Float64Array, rounds: readonly PackableRound[], lengths: readonly number[]): void {
  let at = HEAD;
  for (const [index, round] of rounds.entries()) {
    const cleared = 'answer' in round;
    table[at] = cleared ? KIND_CLEARED : 'refusal' in round ? KIND_REFUSED : KIND_CHECKED;
    table[at + 1] = cleared ? FORMAT_NAMES.indexOf(round.format) : 0;
    table[at + 2] = cleared ? OUTCOMES.indexOf(round.outcome) : 0;
    table[at + 3] = cleared ? round.bids : 0;
    table[at + 4] = lengths[index]!;
    at += COLUMNS;
  }
}

/** What a worker answered, as views into the packet. */
export function unpackReply(packet: ArrayBuffer): { rounds: WorkerRound[]; trail: BatchTrail | undefined } {
  const head = new Float64Array(packet, 0, HEAD);
  const count = head[0]!;
  const keysBytes = head[1]!;
  const trailBytes = head[2]!;
  const tableLength = HEAD + COLUMNS * count;
  const table = new Float64Array(packet, 0, tableLength);
  let start = tableLength * FLOAT_BYTES;
  const rounds = Array.from({ length: count }, (_, index) => {
    const row = table.subarray(HEAD + COLUMNS * index, HEAD + COLUMNS * (index + 1));
    const text = Buffer.from(packet, start, row[4]);
    start += text.length;
    return readRow(row, text);
  });
  invariant(start + trailBytes === packet.byteLength, 'the lengths in a reply add up to its size');
  return { rounds, trail: trailBytes === 0 ? undefined : readTrail(packet, start, keysBytes) };
}

function readRow(row: Float64Array, text: Buffer): WorkerRound {
  if (row[0] === KIND_REFUSED) return JSON.parse(text.toString()) as WorkerRefusal;
  if (row[0] === KIND_CHECKED) return { checked: text };
  const format = FORMAT_NAMES[row[1]!];
  const outcome = OUTCOMES[row[2]!];
  invariant(format !== undefined && outcome !== undefined, 'a reply names formats and outcomes that exist');
  return { format, outcome, bids: row[3]!, answer: text };
}

function readTrail(packet: ArrayBuffer, start: number, keysBytes: number): BatchTrail {
  const keysStart = start + ROOT_BYTES;
  return {
    recordsRoot: Buffer.from(packet, start, ROOT_BYTES),
    roundKeys: Buffer.from(packet, keysStart, keysBytes),
    body: Buffer.from(packet, keysStart + keysBytes),
  };
}
