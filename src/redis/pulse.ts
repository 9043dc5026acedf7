import type { Connection } from './connection.js';
import { PULSE_KEY, pulseKey } from './keys.js';

const BEAT_MS = 200;

/** Whether Redis is there: asked all the time, so that nobody has to wait for a command to find out. */
export class Pulse {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #patienceMs: number;
  /** What is asked for. */
  #key = PULSE_KEY;
  #timer: NodeJS.Timeout | undefined;
  #askedAtMs: number | undefined;
  #isFelt = true;
  /** Set when a command was refused: reading may work all the while. */
  #hasToWrite = false;

  /** Half of the time that a command may take without an answer mean that Redis is away. */
  constructor(connection: Connection, namespace: string, commandMsMax: number) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#patienceMs = commandMsMax / 2;
  }

  get isFelt(): boolean {
    const isLate = this.#askedAtMs !== undefined && performance.now() - this.#askedAtMs > this.#patienceMs;
    return this.#isFelt && !isLate && this.#connection.status === 'ready';
  }

  /** It is where this key lies that Redis has to be well. */
  watch(key: string): void {
    this.#key = key;
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#askedAtMs === undefined) void this.#beat();
    }, BEAT_MS);
    this.#timer.unref();
  }

  /** Redis refused a command. Without memory, or as a replica, it still answers: from now on it has to take a write. */
  doubt(): void {
    this.#isFelt = false;
    this.#hasToWrite = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    this.#askedAtMs = performance.now();
    try {
      const isWrite = this.#hasToWrite;
      if (isWrite) await this.#connection.set(this.#namespace + pulseKey(this.#key), '', 'PX', BEAT_MS);
      else await this.#connection.exists(this.#namespace + this.#key);
      this.#hasToWrite &&= !isWrite;
      this.#isFelt = !this.#hasToWrite;
    } catch {
      // Which fault it was does not matter: the next beat tells whether it has passed.
      this.#isFelt = false;
    }
    this.#askedAtMs = undefined;
  }
}
