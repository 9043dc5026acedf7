import type { FastifyReply } from 'fastify';
import { type ErrorCode, type Refusal, refuse } from '../../base/errors.js';
import { type BulkPorts, clearLines, type LineStream } from '../../engine/bulk/clear-lines.js';
import { Pieces } from '../../engine/bulk/pieces.js';
import { Sink } from '../../engine/bulk/sink.js';
import type { RoundReply } from '../../engine/round-reply.js';
import { BODY_BROKEN } from '../client-errors.js';
import type { KeyedLine } from '../idempotency.js';
import type { Intake } from '../intake.js';
import { logIfFault } from '../send-refusal.js';
import { answerLine } from './answer-line.js';
import { HeldBytes } from './held-bytes.js';
import { hangUp } from './hang-up.js';

/** What all streams of a door share. */
export interface BulkDoor {
  readonly ports: BulkPorts;
  readonly intake: Intake;
  readonly lineBytesMax: number;
  /** A line has to arrive whole, and an answer to be read on, within this time. */
  readonly lineMsMax: number;
  readonly meter: BulkMeter;
}

export interface BulkMeter {
  streamOpened(): void;
  lineAnswered(result: 'cleared' | 'refused'): void;
  streamEnded(end: StreamEnd): void;
}

/** What the request of a stream asks for. */
export interface StreamAsk {
  readonly withRecords: boolean;
  readonly keyedLine: KeyedLine | undefined;
}

/** Whole: the body was read to its end. Left: nobody is there to read. Else the code of the last line. */
export type StreamEnd = 'whole' | 'left' | ErrorCode;

export const NDJSON = 'application/x-ndjson; charset=utf-8';

/** One request whose body is a stream of rounds, from its first byte to its last answer. */
export class BulkStream implements LineStream {
  readonly pieces: Pieces;
  readonly sink: Sink;
  readonly room: HeldBytes;
  readonly lineBytesMax: number;
  readonly keyedLine: KeyedLine | undefined;
  readonly seats: readonly string[] | undefined;
  readonly #door: BulkDoor;
  readonly #reply: FastifyReply;
  readonly #form: { readonly requestId: string; readonly withRecords: boolean };
  /** Fires when no line has come whole for too long. */
  readonly #patience: NodeJS.Timeout;
  /** Why the stream ends before its body does. */
  #ending: Refusal | 'left' | undefined;

  constructor(reply: FastifyReply, door: BulkDoor, { withRecords, keyedLine }: StreamAsk) {
    const { request } = reply;
    this.pieces = new Pieces(request.raw);
    this.sink = new Sink(reply.raw);
    this.room = new HeldBytes(door.intake);
    this.lineBytesMax = door.lineBytesMax;
    this.keyedLine = keyedLine;
    this.seats = request.caller.bidsFor;
    this.#door = door;
    this.#reply = reply;
    this.#form = { requestId: request.id, withRecords };
    this.#patience = setTimeout(() => {
      this.#losePatience();
    }, door.lineMsMax);
    this.#watchConnection();
  }

  /** Ends when everything is answered that was taken, and nothing of it is held any more. */
  async serve(): Promise<void> {
    const { ports, meter } = this.#door;
    const { raw: response } = this.#reply;
    meter.streamOpened();
    try {
      response.writeHead(200, { 'content-type': NDJSON }).flushHeaders();
      await this.#finish(await clearLines(this, ports));
    } finally {
      // Only a fault of ours leaves an answer without its end; nobody may wait for it.
      if (!response.writableEnded) response.destroy();
      clearTimeout(this.#patience);
      this.room.keep(0);
      meter.streamEnded(typeof this.#ending === 'object' ? this.#ending.code : (this.#ending ?? 'whole'));
    }
  }

  /** Takes no further line. What was taken is answered, and the last line says why there is no other. */
  end(refusal: Refusal): void {
    this.#ending ??= refusal;
    this.pieces.stop();
    this.room.stop();
  }

  progressed(): void {
    this.#patience.refresh();
  }

  tell(line: number, reply: RoundReply): string {
    const isRefused = 'refusal' in reply;
    if (isRefused) logIfFault(this.#reply, reply.refusal);
    this.#door.meter.lineAnswered(isRefused ? 'refused' : 'cleared');
    return answerLine(line, reply, this.#form);
  }

  async #finish(nextLine: number | undefined): Promise<void> {
    const { raw: response, request } = this.#reply;
    if (nextLine === undefined) {
      // Whatever would have ended the stream came too late to keep a line from being taken.
      if (typeof this.#ending === 'object') this.#ending = undefined;
      response.end();
      return;
    }
    if (typeof this.#ending === 'object') {
      await this.sink.write(answerLine(nextLine, { refusal: this.#ending }, this.#form));
    }
    hangUp(request.raw, response);
  }

  #watchConnection(): void {
    const { raw: response, request } = this.#reply;
    response.on('close', () => {
      if (!response.writableFinished) this.#leave();
    });
    request.raw.on(BODY_BROKEN, () => {
      this.#ending ??= refuse('MALFORMED_HTTP', 'The body broke off before it ended.');
      this.pieces.breakOff();
    });
    // Node refreshes this timeout whenever bytes move, so it fires when a reader takes nothing any more.
    response.setTimeout(this.#door.lineMsMax, () => {
      if (this.sink.isHeldUp || response.writableEnded) request.raw.socket.destroy();
    });
  }

  #leave(): void {
    this.#ending ??= 'left';
    this.pieces.stop();
    this.room.stop();
  }

  #losePatience(): void {
    if (this.pieces.isWaiting) {
      this.end(refuse('REQUEST_TIMEOUT', 'No line arrived whole within the time limit.'));
    } else if (this.room.isWaiting) this.end(refuse('OVERLOADED'));
    // The engine or the reader of the answers holds the stream up, and the sender may be patient.
    else this.#patience.refresh();
  }
}
