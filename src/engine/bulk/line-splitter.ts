/** A line of a text that holds one round a line. Lines count from 1, blank ones too, but those are not given out. */
export interface Line {
  readonly number: number;
  /** Without its ending. Undefined: there are more of them than a line may have, and they were thrown away. */
  readonly bytes: Buffer | undefined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a text that comes in pieces into its lines, without reading what is in them. A line that lies within a piece is a
 * view of it; one that goes on in the next piece is copied together in one growing buffer, because a million pieces would
 * cost a million objects. A line that grows too large is given out when it does, and the rest of it is never collected.
 */
export class LineSplitter {
  readonly #bytesMax: number;
  #number = 1;
  #unfinished = EMPTY;
  #length = 0;
  #isThrowingAway = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Bytes of the line that has not ended yet. */
  get heldBytes(): number {
    return this.#length;
  }

  /** The first line that was not given out. */
  get nextNumber(): number {
    return this.#isThrowingAway ? this.#number + 1 : this.#number;
  }

  /** The lines that end in this piece, as they are asked for; the whole piece has to be taken before the next one. */
  *split(piece: Buffer): Generator<Line> {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end !== -1; end = piece.indexOf(LINE_FEED, start)) {
      const line = this.#finish(piece.subarray(start, end));
      start = end + 1;
      if (line !== undefined) yield line;
    }
    const tooLarge = this.#keep(piece.subarray(start));
    if (tooLarge !== undefined) yield tooLarge;
  }

  /** The last line, when the text ended without ending it. */
  end(): Line | undefined {
    return this.#length === 0 ? undefined : this.#finish(EMPTY);
  }

  #finish(ending: Buffer): Line | undefined {
    const number = this.#number++;
    if (this.#isThrowingAway) {
      this.#isThrowingAway = false;
      return undefined;
    }
    const bytes = withoutReturn(this.#joined(ending));
    if (bytes.length > this.#bytesMax) return { number, bytes: undefined };
    return isBlank(bytes) ? undefined : { number, bytes };
  }

  #joined(ending: Buffer): Buffer {
    if (this.#length === 0) return ending;
    this.#append(ending);
    const whole = this.#unfinished.subarray(0, this.#length);
    this.#forget();
    return whole;
  }

  #keep(beginning: Buffer): Line | undefined {
    if (beginning.length === 0 || this.#isThrowingAway) return undefined;
    // One more than allowed may turn out to be the carriage return in front of a line feed.
    if (this.#length + beginning.length <= this.#bytesMax + 1) {
      this.#append(beginning);
      return undefined;
    }
    this.#forget();
    this.#isThrowingAway = true;
    return { number: this.#number, bytes: undefined };
  }

  #append(part: Buffer): void {
    const length = this.#length + part.length;
    if (length > this.#unfinished.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, 2 * this.#unfinished.length));
      this.#unfinished.copy(grown, 0, 0, this.#length);
      this.#unfinished = grown;
    }
    part.copy(this.#unfinished, this.#length);
    this.#length = length;
  }

  #forget(): void {
    this.#unfinished = EMPTY;
    this.#length = 0;
  }
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

/** Nothing but spaces and tabs. */
function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09);
}
