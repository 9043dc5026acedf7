import { type KeptAnswer, LedgerUnavailable, type Retries } from '../ledger-port.js';
import type { Journal } from '../ports.js';
import type { Claim, KeyHolder } from './claim.js';

/** Unkept: certainly not. */
export type Keeping = 'kept' | 'unkept' | 'unknown';

type Sending = Keeping | 'fenced';

/** Past it an answer of which nobody knows whether it is kept is forgotten here, and decided again when it is asked for. */
const IN_DOUBT_MAX = 10_000;

/**
 * Keeps answers that ride with no block, under the name of this node. One that may be kept is sent again before its
 * key is looked at, as a block is, so that a key never has two answers.
 */
export class AnswerKeeper implements KeyHolder {
  readonly keptMs: number;
  readonly #retries: Retries;
  readonly #name: KeyHolder;
  readonly #journal: Journal;
  readonly #inDoubt = new Map<string, { readonly node: string; readonly answer: KeptAnswer }>();

  constructor(name: KeyHolder, keptMs: number, retries: Retries, journal: Journal) {
    this.keptMs = keptMs;
    this.#name = name;
    this.#retries = retries;
    this.#journal = journal;
  }

  get node(): string {
    return this.#name.node;
  }

  /** The answer may go out when it is kept. */
  async keep({ key, node }: Claim, bytes: Buffer): Promise<Keeping> {
    const answer = { key, bytes, keptMs: this.keptMs };
    const sent = await this.#send(node, answer);
    if (sent !== 'unknown') return sent === 'kept' ? 'kept' : 'unkept';
    // Sent again at once, because perhaps only the ledger's answer was lost: the same twice is kept once.
    if ((await this.#send(node, answer)) === 'kept') return 'kept';
    if (this.#inDoubt.size < IN_DOUBT_MAX) this.#inDoubt.set(key, { node, answer });
    return 'unknown';
  }

  async settle(): Promise<boolean> {
    if (!(await this.#name.settle())) return false;
    for (const [key, { node, answer }] of this.#inDoubt) {
      const sent = await this.#send(node, answer);
      if (sent === 'unknown' || sent === 'unkept') return false;
      this.#inDoubt.delete(key);
    }
    return true;
  }

  renew(fenced: string): Promise<void> {
    return this.#name.renew(fenced);
  }

  async #send(node: string, answer: KeptAnswer): Promise<Sending> {
    try {
      if (await this.#retries.keepAnswer(node, answer)) return 'kept';
      await this.renew(node);
      return 'fenced';
    } catch (error) {
      this.#journal.fault('an answer could not be kept', error);
      return error instanceof LedgerUnavailable ? 'unkept' : 'unknown';
    }
  }
}
