import type { Writable } from 'node:stream';

/** Where answers go, at the pace of whoever reads them. */
export class Sink {
  readonly #target: Writable;
  #isClosed = false;
  #isHeldUp = false;
  #wake: () => void = () => undefined;

  constructor(target: Writable) {
    this.#target = target;
    target.on('drain', () => {
      this.#wake();
    });
    target.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  /** Whether answers wait for their reader. */
  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  /** Resolves when more may be written. What nobody can read any more is let go. */
  async write(text: string): Promise<void> {
    if (this.#isClosed || this.#target.write(text)) return;
    this.#isHeldUp = true;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#isHeldUp = false;
  }
}
