import type { Clock } from '../base/clock.js';
import type { KeptAnswer, Reservation, Reserved, Retries } from '../engine/ledger-port.js';

/** What a reservation takes beside its answer. */
const RESERVATION_BYTES = 256;

interface Kept {
  readonly reservation: Reservation;
  readonly untilMs: number;
}

interface Answer {
  readonly bytes: Buffer;
  readonly untilMs: number;
}

/** Keys and answers in process. Whatever is kept is kept to its end: past the bound no new key is taken. */
export class MemoryRetries implements Retries {
  readonly #bytesMax: number;
  readonly #clock: Clock;
  readonly #isFenced: (node: string) => boolean;
  readonly #kept = new Map<string, Kept>();
  readonly #answers = new Map<string, Answer>();
  readonly #aliveUntilMs = new Map<string, number>();
  #bytes = 0;

  constructor(bytesMax: number, clock: Clock, isFenced: (node: string) => boolean) {
    this.#bytesMax = bytesMax;
    this.#clock = clock;
    this.#isFenced = isFenced;
  }

  reserve(reservation: Reservation, keptMs: number): Promise<Reserved> {
    this.#forget();
    const holder = this.#kept.get(reservation.key)?.reservation;
    if (holder !== undefined) return Promise.resolve({ reserved: false, holder });
    if (this.#bytes + RESERVATION_BYTES > this.#bytesMax)
      return Promise.resolve({ reserved: false, full: true });
    this.#bytes += RESERVATION_BYTES;
    return this.#keep(reservation, keptMs);
  }

  takeOver(reservation: Reservation, from: string, keptMs: number): Promise<Reserved> {
    const holder = this.#kept.get(reservation.key)?.reservation;
    if (holder === undefined) return this.reserve(reservation, keptMs);
    if (holder.node !== from) return Promise.resolve({ reserved: false, holder });
    this.#kept.delete(reservation.key);
    return this.#keep(reservation, keptMs);
  }

  release(key: string, node: string): Promise<void> {
    if (this.#kept.get(key)?.reservation.node === node) {
      this.#kept.delete(key);
      this.#bytes -= RESERVATION_BYTES;
    }
    return Promise.resolve();
  }

  readAnswer(node: string, key: string): Promise<Buffer | undefined> {
    this.#forget();
    return Promise.resolve(this.#answers.get(answerKey(node, key))?.bytes);
  }

  keepAnswer(node: string, answer: KeptAnswer): Promise<boolean> {
    if (this.#isFenced(node)) return Promise.resolve(false);
    this.keepAnswers(node, [answer]);
    return Promise.resolve(true);
  }

  /** In the write of the block that has their records. */
  keepAnswers(node: string, answers: readonly KeptAnswer[]): void {
    for (const { key, bytes, keptMs } of answers) {
      this.#answers.set(answerKey(node, key), { bytes, untilMs: this.#clock.nowMs() + keptMs });
      this.#bytes += bytes.length;
    }
  }

  beat(node: string, aliveMs: number): Promise<void> {
    this.#aliveUntilMs.set(node, this.#clock.nowMs() + aliveMs);
    return Promise.resolve();
  }

  isAlive(node: string): Promise<boolean> {
    return Promise.resolve((this.#aliveUntilMs.get(node) ?? 0) > this.#clock.nowMs());
  }

  #keep(reservation: Reservation, keptMs: number): Promise<Reserved> {
    this.#kept.set(reservation.key, { reservation, untilMs: this.#clock.nowMs() + keptMs });
    return Promise.resolve({ reserved: true });
  }

  /** Both maps are in the order of their ends, as everything is kept equally long. */
  #forget(): void {
    const nowMs = this.#clock.nowMs();
    for (const [key, { untilMs }] of this.#kept) {
      if (untilMs > nowMs) break;
      this.#kept.delete(key);
      this.#bytes -= RESERVATION_BYTES;
    }
    for (const [key, { bytes, untilMs }] of this.#answers) {
      if (untilMs > nowMs) break;
      this.#answers.delete(key);
      this.#bytes -= bytes.length;
    }
  }
}

function answerKey(node: string, key: string): string {
  return `${node} ${key}`;
}
