import type { Readable } from 'node:stream';

/** A text as it comes, a piece at a time. What is not asked for is not read: the sender is held back. */
export class Pieces {
  /** What broke the source, if anything did. */
  fault: Error | undefined;
  /** Bytes given out so far. */
  bytes = 0;
  readonly #source: Readable;
  #isStopped = false;
  #isBrokenOff = false;
  #isWaiting = false;
  #wake: () => void = () => undefined;

  constructor(source: Readable) {
    this.#source = source;
    const wake = (): void => {
      this.#wake();
    };
    source.on('readable', wake).on('end', wake).on('close', wake);
    source.on('error', (error) => {
      this.fault = error;
      this.#wake();
    });
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether somebody waits for the sender. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Whether the text was given out to its end, so that its last line is one even without a line feed. */
  get isWhole(): boolean {
    return this.#source.readableEnded && !this.#isStopped;
  }

  /** Undefined when nothing comes any more. */
  async next(): Promise<Buffer | undefined> {
    while (!this.#isStopped) {
      const piece = this.#source.read() as Buffer | null;
      if (piece !== null) {
        this.bytes += piece.length;
        return piece;
      }
      if (this.#isOver) return undefined;
      await this.#change();
    }
    return undefined;
  }

  /** Nothing is given out any more, whether it has come or not. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  /** What has come is still given out, and nothing comes behind it. */
  breakOff(): void {
    this.#isBrokenOff = true;
    this.#wake();
  }

  get #isOver(): boolean {
    return this.#source.readableEnded || this.#source.destroyed || this.#isBrokenOff;
  }

  async #change(): Promise<void> {
    this.#isWaiting = true;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#isWaiting = false;
  }
}
