import type { Room } from '../../engine/bulk/clear-lines.js';
import type { Intake } from '../intake.js';

/** What one stream holds of the room for bodies. It waits for room where a single body would be refused. */
export class HeldBytes implements Room {
  readonly #intake: Intake;
  #bytes = 0;
  #isStopped = false;
  #isWaiting = false;
  #wake: () => void = () => undefined;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  async take(bytes: number): Promise<void> {
    let isTaken = this.#intake.reserve(bytes);
    while (!isTaken && !this.#isStopped) {
      await this.#change();
      isTaken = this.#intake.reserve(bytes);
    }
    if (isTaken) this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
    this.#intake.release(bytes);
  }

  keep(bytes: number): void {
    if (this.#bytes > bytes) this.give(this.#bytes - bytes);
  }

  /** Whoever waits for room does not get it any more. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  async #change(): Promise<void> {
    this.#isWaiting = true;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#intake.onceFreed(resolve);
    });
    this.#isWaiting = false;
  }
}
