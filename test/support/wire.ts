import { type Ledger, LedgerUnavailable, type Retries } from '../../src/engine/ledger-port.js';
import { ledgerWith } from './memory-ledger.js';

/**
 * What becomes of a call: `lost` never arrives, `unanswered` arrives and its answer does not, `late` arrives after it
 * was given up, `unavailable` is certain not to arrive.
 */
export const FATES = ['works', 'lost', 'unanswered', 'late', 'unavailable'] as const;
export type Fate = (typeof FATES)[number];

interface Call {
  readonly name: string;
  /** What it does at the other end; settles the caller where it is told to. */
  readonly run: (isHeard: boolean) => Promise<void>;
  readonly fail: (error: Error) => void;
}

/** What a node sends, one call at a time, held until the test decides what becomes of it. */
export class Wire {
  /** Before, everything works at once. */
  isHeld = false;
  readonly #waiting: Call[] = [];
  #late: Call[] = [];
  #isCut = false;

  get waiting(): readonly string[] {
    return this.#waiting.map(({ name }) => name);
  }

  send<T>(name: string, call: () => Promise<T>): Promise<T> {
    if (!this.isHeld) return call();
    return new Promise((resolve, reject) => {
      const run = async (isHeard: boolean): Promise<void> => {
        try {
          const result = await call();
          if (isHeard) resolve(result);
        } catch (error) {
          if (isHeard) reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (!this.#isCut) this.#waiting.push({ name, run, fail: reject });
    });
  }

  async let(at: number, fate: Fate): Promise<void> {
    const [call] = this.#waiting.splice(at, 1);
    if (fate === 'works') return call!.run(true);
    if (fate === 'unanswered') await call!.run(false);
    if (fate === 'late') this.#late.push(call!);
    call!.fail(fate === 'unavailable' ? new LedgerUnavailable('away') : new Error('the connection broke'));
  }

  /** What was late arrives. */
  async arrive(): Promise<void> {
    const late = this.#late;
    this.#late = [];
    for (const { run } of late) await run(false);
  }

  /** The node is dead: what is on its way arrives or does not, and nobody hears of it. */
  async cut(arrives: () => boolean): Promise<void> {
    this.#isCut = true;
    await this.arrive();
    for (const { run } of this.#waiting.splice(0)) if (arrives()) await run(false);
  }
}

/** A ledger as a node at the end of a wire sees it. */
export function ledgerOver(wire: Wire, ledger: Ledger): Ledger {
  const { retries } = ledger;
  const wired: Retries = {
    reserve: (reservation, keptMs) => wire.send('reserve', () => retries.reserve(reservation, keptMs)),
    takeOver: (reservation, from, keptMs) =>
      wire.send('takeOver', () => retries.takeOver(reservation, from, keptMs)),
    release: (key, node) => wire.send('release', () => retries.release(key, node)),
    readAnswer: (node, key) => wire.send('readAnswer', () => retries.readAnswer(node, key)),
    keepAnswer: (node, answer) => wire.send('keepAnswer', () => retries.keepAnswer(node, answer)),
    beat: (node, aliveMs) => wire.send('beat', () => retries.beat(node, aliveMs)),
    isAlive: (node) => wire.send('isAlive', () => retries.isAlive(node)),
  };
  return ledgerWith(ledger, {
    append: (block, expected) => wire.send('append', () => ledger.append(block, expected)),
    fence: (node) => wire.send('fence', () => ledger.fence(node)),
    retries: wired,
  });
}
