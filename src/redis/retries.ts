import { invariant } from '../base/assert.js';
import type { Clock } from '../base/clock.js';
import type { KeptAnswer, Reservation, Reserved, Retries } from '../engine/ledger-port.js';
import { answerBytes, RESERVATION_BYTES } from '../engine/retry-bytes.js';
import type { RedisClient } from './client.js';
import { WRITER } from './epochs.js';
import { aliveKey, answerKey, logHeadKey, RETRY_BYTES_KEY, reservationKey } from './keys.js';
import { listIn, numberIn, textIn } from './replies.js';
import { RetryRoom } from './retry-room.js';

/** Takes a key from nobody: no node is called so. */
const NOBODY = '';

/** A reservation as it stands in Redis. */
interface HeldKey {
  readonly reservation: Reservation;
  /** The instant up to which its bytes are counted. */
  readonly countedToMs: number;
}

/** Keys of all nodes, each in one of many slots; their answers lie in the slot of the log of their node. */
export class RedisRetries implements Retries {
  readonly #client: RedisClient;
  readonly #room: RetryRoom;

  constructor(client: RedisClient, bytesMax: number, clock: Clock) {
    this.#client = client;
    this.#room = new RetryRoom(bytesMax, clock, async (nowMs, changes) =>
      numberIn(await client.run('count-retry-bytes', [RETRY_BYTES_KEY], [nowMs, ...[...changes].flat()])),
    );
  }

  reserve(reservation: Reservation, keptMs: number): Promise<Reserved> {
    return this.takeOver(reservation, NOBODY, keptMs);
  }

  /** Its bytes are counted before it stands, so that of many that are taken at once none passes the bound unseen. */
  async takeOver(reservation: Reservation, from: string, keptMs: number): Promise<Reserved> {
    await this.#room.refresh();
    const hasRoom = this.#room.hasRoomFor(RESERVATION_BYTES);
    const countedToMs = this.#room.endOf(keptMs);
    this.#room.add(countedToMs, RESERVATION_BYTES);
    let result: Reserved | undefined;
    try {
      result = await this.#take({ reservation, countedToMs }, [keptMs, from, hasRoom ? 1 : 0]);
      return result;
    } finally {
      if (result?.reserved !== true) this.#room.add(countedToMs, -RESERVATION_BYTES);
    }
  }

  async release(key: string, node: string): Promise<void> {
    const released = textIn(await this.#client.run('release-key', [reservationKey(key)], [node]));
    if (released !== '') this.#room.add(heldKeyIn(key, released).countedToMs, -RESERVATION_BYTES);
  }

  async readAnswer(node: string, key: string): Promise<Buffer | undefined> {
    return this.#client.getBuffer(answerKey(node, key));
  }

  async keepAnswer(node: string, answer: KeptAnswer): Promise<boolean> {
    const keys = [logHeadKey(node), answerKey(node, answer.key)];
    const args = [answer.bytes, answer.keptMs, WRITER];
    const isKept = numberIn(await this.#client.run('keep-answer', keys, args)) === 1;
    if (isKept) this.countAnswers([answer]);
    return isKept;
  }

  /** Answers that were kept with a block. */
  countAnswers(answers: readonly KeptAnswer[]): void {
    for (const answer of answers) this.#room.add(this.#room.endOf(answer.keptMs), answerBytes(answer));
  }

  async beat(node: string, aliveMs: number): Promise<void> {
    await this.#client.setFor(aliveKey(node), aliveMs);
  }

  async isAlive(node: string): Promise<boolean> {
    return this.#client.exists(aliveKey(node));
  }

  async #take(wanted: HeldKey, how: readonly (string | number)[]): Promise<Reserved> {
    const { key } = wanted.reservation;
    const args = [textOf(wanted), ...how];
    const [code, told] = listIn(await this.#client.run('reserve-key', [reservationKey(key)], args));
    switch (textIn(code)) {
      case 'reserved':
        if (textIn(told) !== '') this.#room.add(heldKeyIn(key, textIn(told)).countedToMs, -RESERVATION_BYTES);
        return { reserved: true };
      case 'held':
        return { reserved: false, holder: heldKeyIn(key, textIn(told)).reservation };
      default:
        return { reserved: false, full: true };
    }
  }
}

function textOf({ reservation: { node, fingerprint }, countedToMs }: HeldKey): string {
  return `${node} ${fingerprint} ${countedToMs}`;
}

/** The inverse of textOf. */
function heldKeyIn(key: string, text: string): HeldKey {
  const [node, fingerprint, countedToMs] = text.split(' ');
  invariant(node !== undefined && fingerprint !== undefined, 'a reservation names node and fingerprint');
  return { reservation: { key, fingerprint, node }, countedToMs: Number(countedToMs) };
}
