/** How many bytes of request bodies the process holds, arriving or waiting, against a bound. */
export class Intake {
  readonly #bytesMax: number;
  #bytes = 0;
  #onFreed: (() => void)[] = [];

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** False, and nothing reserved, when the bound would be passed. */
  reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.#bytesMax) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#onFreed.length > 0) for (const wake of this.#onFreed.splice(0)) wake();
  }

  /** Calls once, at the next release. */
  onceFreed(wake: () => void): void {
    this.#onFreed.push(wake);
  }
}
