import type { Clock } from '../base/clock.js';
import type { KeptAnswer, Reservation, Reserved, Retries } from '../engine/ledger-port.js';
import { answerBytes, RESERVATION_BYTES } from '../engine/retry-bytes.js';
import { Timetable } from './timetable.js';

/** Keys and answers in process. */
export class MemoryRetries implements Retries {
  readonly #bytesMax: number;
  readonly #clock: Clock;
  readonly #isFenced: (node: string) => boolean;
  readonly #reservations = new Timetable<Reservation>();
  readonly #answers = new Timetable<KeptAnswer>();
  readonly #alive = new Timetable<string>();
  #answersBytes = 0;

  constructor(bytesMax: number, clock: Clock, isFenced: (node: string) => boolean) {
    this.#bytesMax = bytesMax;
    this.#clock = clock;
    this.#isFenced = isFenced;
  }

  reserve(reservation: Reservation, keptMs: number): Promise<Reserved> {
    this.#forget();
    const holder = this.#reservations.get(reservation.key);
    if (holder !== undefined) return Promise.resolve({ reserved: false, holder });
    if (this.#bytes + RESERVATION_BYTES > this.#bytesMax)
      return Promise.resolve({ reserved: false, full: true });
    return this.#keep(reservation, keptMs);
  }

  takeOver(reservation: Reservation, from: string, keptMs: number): Promise<Reserved> {
    this.#forget();
    const holder = this.#reservations.get(reservation.key);
    return holder?.node === from ? this.#keep(reservation, keptMs) : this.reserve(reservation, keptMs);
  }

  release(key: string, node: string): Promise<void> {
    if (this.#reservations.get(key)?.node === node) this.#reservations.delete(key);
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
    this.#forget();
    for (const answer of answers) {
      const key = answerKey(node, answer.key);
      const former = this.#answers.get(key);
      if (former !== undefined) this.#answersBytes -= answerBytes(former);
      this.#answers.set(key, this.#clock.nowMs() + answer.keptMs, answer);
      this.#answersBytes += answerBytes(answer);
    }
  }

  beat(node: string, aliveMs: number): Promise<void> {
    this.#forget();
    this.#alive.set(node, this.#clock.nowMs() + aliveMs, node);
    return Promise.resolve();
  }

  isAlive(node: string): Promise<boolean> {
    this.#forget();
    return Promise.resolve(this.#alive.get(node) !== undefined);
  }

  get #bytes(): number {
    return this.#reservations.size * RESERVATION_BYTES + this.#answersBytes;
  }

  #keep(reservation: Reservation, keptMs: number): Promise<Reserved> {
    this.#reservations.set(reservation.key, this.#clock.nowMs() + keptMs, reservation);
    return Promise.resolve({ reserved: true });
  }

  #forget(): void {
    const nowMs = this.#clock.nowMs();
    this.#alive.takeDue(nowMs);
    this.#reservations.takeDue(nowMs);
    for (const answer of this.#answers.takeDue(nowMs)) this.#answersBytes -= answerBytes(answer);
  }
}

function answerKey(node: string, key: string): string {
  return `${node} ${key}`;
}
