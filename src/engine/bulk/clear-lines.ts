import type { Clock } from '../../base/clock.js';
import { refuse } from '../../base/errors.js';
import type { KeyedRequest } from '../retries/claim.js';
import type { RoundReply } from '../round-reply.js';
import type { RoundTerms } from '../round-terms.js';
import type { Journal } from '../ports.js';
import type { Lane } from './lane.js';
import { type Line, LineSplitter } from './line-splitter.js';
import type { Pieces } from './pieces.js';
import type { Sink } from './sink.js';
import { type Place, Window } from './window.js';

/** What the engine gives to every stream of rounds. */
export interface BulkPorts {
  readonly lane: Lane;
  /** Clears the round of a line; whoever asks is in the lane. */
  readonly clear: (bytes: Buffer, ageMs: number, terms: RoundTerms) => Promise<RoundReply>;
  readonly clock: Clock;
  readonly journal: Journal;
}

/** One stream of rounds, as the door or the command line brings it. */
export interface LineStream {
  readonly pieces: Pieces;
  readonly sink: Sink;
  readonly room: Room;
  readonly lineBytesMax: number;
  readonly fallbackIdOf?: (bytes: Buffer) => string;
  /** Where each line may be sent again: what makes it the same line. */
  readonly keyedLine?: ((line: number, bytes: Buffer) => KeyedRequest) | undefined;
  /** The only seats whose bids its rounds may carry; undefined: any. */
  readonly seats?: readonly string[] | undefined;
  /** Lines came whole, blank ones among them, and there was room for them. */
  readonly progressed: () => void;
  /** The line that answers a line. */
  readonly tell: (line: number, reply: RoundReply) => string;
}

/** Where the bytes that a stream holds are counted. */
export interface Room {
  /** Resolves when they are held, or the stream is stopped. */
  take(bytes: number): Promise<void>;
  give(bytes: number): void;
  /** No more than so many are still held. */
  keep(bytes: number): void;
}

/**
 * The story of a stream: lines in, answers out in the same order, and never more under way than a window holds. Ends when
 * every line that was taken is answered; answers the number of the first line that was not taken, undefined when all were.
 */
export async function clearLines(stream: LineStream, ports: BulkPorts): Promise<number | undefined> {
  const window = new Window();
  const taking = takeLines(stream, ports, window).finally(() => {
    window.close();
  });
  const [nextLine] = await Promise.all([taking, giveAnswers(stream, window)]);
  return nextLine;
}

async function takeLines(stream: LineStream, ports: BulkPorts, window: Window): Promise<number | undefined> {
  const { pieces, room } = stream;
  const splitter = new LineSplitter(stream.lineBytesMax);
  for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
    const cameAtMs = ports.clock.monotonicMs();
    const before = splitter.nextNumber;
    await room.take(piece.length);
    for (const line of splitter.split(piece)) {
      if (!(await takeLine(line, cameAtMs, { stream, ports, window }))) return line.number;
    }
    room.keep(window.bytes + splitter.heldBytes);
    if (splitter.nextNumber !== before) stream.progressed();
  }
  if (!pieces.isWhole) return splitter.nextNumber;
  const last = splitter.end();
  if (last === undefined) return undefined;
  const isTaken = await takeLine(last, ports.clock.monotonicMs(), { stream, ports, window });
  return isTaken ? undefined : last.number;
}

interface Surroundings {
  readonly stream: LineStream;
  readonly ports: BulkPorts;
  readonly window: Window;
}

/** False when the stream was stopped before the line could be taken. */
async function takeLine(line: Line, cameAtMs: number, surroundings: Surroundings): Promise<boolean> {
  const { stream, ports, window } = surroundings;
  const { number, bytes } = line;
  if (window.isFull) await window.room();
  if (bytes !== undefined && !ports.lane.enter(bytes.length)) await ports.lane.turn(bytes.length);
  if (stream.pieces.isStopped) {
    if (bytes !== undefined) ports.lane.leave(bytes.length);
    return false;
  }
  if (bytes === undefined) refuseLine(number, stream, window);
  else void clearLine({ number, bytes, cameAtMs }, window.open(bytes.length), surroundings);
  return true;
}

function refuseLine(number: number, stream: LineStream, window: Window): void {
  const refusal = refuse('BODY_TOO_LARGE', `The line is larger than ${stream.lineBytesMax} bytes.`);
  window.settle(window.open(0), stream.tell(number, { refusal }));
}

interface WholeLine {
  readonly number: number;
  readonly bytes: Buffer;
  readonly cameAtMs: number;
}

async function clearLine(
  { number, bytes, cameAtMs }: WholeLine,
  place: Place,
  { stream, ports, window }: Surroundings,
): Promise<void> {
  const ageMs = ports.clock.monotonicMs() - cameAtMs;
  const terms = {
    fallbackId: stream.fallbackIdOf?.(bytes),
    seats: stream.seats,
    keyed: stream.keyedLine?.(number, bytes),
  };
  const reply = await ports.clear(bytes, ageMs, terms).catch((error: unknown) => {
    ports.journal.fault('a line broke the engine', error);
    return { refusal: refuse('INTERNAL_FAULT') };
  });
  ports.lane.leave(bytes.length);
  window.settle(place, stream.tell(number, reply));
}

async function giveAnswers({ sink, room }: LineStream, window: Window): Promise<void> {
  for (let run = await window.next(); run !== undefined; run = await window.next()) {
    await sink.write(run.text);
    window.release(run);
    room.give(run.bytes);
  }
}
