import { invariant } from '../../base/assert.js';

/** Lines of one stream that may be under way at once: enough to keep a few workers busy. */
export const WINDOW_ROUNDS_MAX = 256;
/** A window takes no further line once its lines hold this much; a larger single line still goes through it. */
export const WINDOW_BYTES_MAX = 1_048_576;

/** The place of a line in the order of answers. */
export interface Place {
  readonly bytes: number;
  /** Undefined while the line is under way. */
  text: string | undefined;
}

/** Answers in the order of their lines that may be written together. */
export interface Run {
  readonly text: string;
  readonly rounds: number;
  /** Of the lines they answer. */
  readonly bytes: number;
}

/**
 * The lines of one stream that are under way, in their order. A line counts from the moment it is taken until its
 * answer is written, so that neither a slow worker nor a slow reader lets anything pile up.
 *
 *     [ answered, being written ] [ answered ] [ under way ] [ answered ] [ under way ]    room for others
 *                                   a run        the order waits for it
 */
export class Window {
  readonly #places: Place[] = [];
  #rounds = 0;
  #bytes = 0;
  #isClosed = false;
  #onRoom: () => void = () => undefined;
  #onRun: () => void = () => undefined;

  get bytes(): number {
    return this.#bytes;
  }

  get isFull(): boolean {
    return this.#rounds >= WINDOW_ROUNDS_MAX || this.#bytes >= WINDOW_BYTES_MAX;
  }

  /** The caller waits for room first. */
  open(bytes: number): Place {
    invariant(!this.isFull, 'a window takes a line only when it has room');
    const place = { bytes, text: undefined };
    this.#places.push(place);
    this.#rounds++;
    this.#bytes += bytes;
    return place;
  }

  settle(place: Place, text: string): void {
    place.text = text;
    if (place === this.#places[0]) this.#onRun();
  }

  /** No further line comes. */
  close(): void {
    this.#isClosed = true;
    this.#onRun();
  }

  async room(): Promise<void> {
    while (this.isFull) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  /** What is answered at the head of the order; undefined when the window is closed and empty. */
  async next(): Promise<Run | undefined> {
    for (;;) {
      const run = this.#takeRun();
      if (run !== undefined || (this.#isClosed && this.#places.length === 0)) return run;
      await new Promise<void>((resolve) => {
        this.#onRun = resolve;
      });
    }
  }

  /** The run is written, or there is nobody left to read it. */
  release({ rounds, bytes }: Run): void {
    this.#rounds -= rounds;
    this.#bytes -= bytes;
    this.#onRoom();
  }

  #takeRun(): Run | undefined {
    const waiting = this.#places.findIndex(({ text }) => text === undefined);
    const places = this.#places.splice(0, waiting === -1 ? this.#places.length : waiting);
    if (places.length === 0) return undefined;
    return {
      text: places.map(({ text }) => text).join(''),
      rounds: places.length,
      bytes: places.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }
}
