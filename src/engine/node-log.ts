import { invariant } from '../base/assert.js';
import type { RecordAddress } from '../base/ids.js';
import { type Birth, writeBirth } from '../trail/birth.js';
import type { SigningKey } from '../trail/checkpoint.js';
import { type BlockContent, emptyLog, type LogHead, sealBlock } from '../trail/log.js';
import { leafHash, treeRoot } from '../trail/merkle.js';
import type { KeptRetention } from '../trail/retention.js';
import {
  type AppendResult,
  type KeptAnswer,
  type Ledger,
  LedgerUnavailable,
  type StoredBlock,
} from './ledger-port.js';

/** The ledger may have the block, and may not. */
export const UNKNOWN = 'unknown';
/** Where a block stands. */
export type BlockAddress = Omit<RecordAddress, 'index'>;
export type Appended = BlockAddress | typeof UNKNOWN;

/** Who signs a log: fresh for each, because a log has one writer ever. */
export interface Identity {
  readonly birth: Birth;
  readonly key: SigningKey;
}

/** How a log is kept. */
export interface LogTerms {
  readonly retention: KeptRetention;
  /** Most blocks; then the node begins another log, so that old ones can go, whole. */
  readonly blocksMax: number;
}

/** The records of one batch, and what has to stand with them. */
export interface Entry {
  readonly content: BlockContent;
  readonly body: Buffer;
  readonly roundKeys: Buffer;
  /** Where it is not that of the log. */
  readonly retention?: KeptRetention;
  /** Answers that name the block of their records. */
  readonly answersIn?: (block: BlockAddress) => readonly KeptAnswer[];
}

interface Unsettled {
  readonly block: StoredBlock;
  readonly head: LogHead;
  /** Whether the ledger has not certainly refused it each time. */
  mayStand: boolean;
}

const NO_KEYS = Buffer.alloc(0);

/**
 * The one writer of this node's log. Blocks are sealed in a row, because each names the one before it, and the head
 * moves only when the ledger has the block. A log that cannot be continued, because somebody took this node for dead and
 * fenced it, or because the ledger lost its end, is left as it is: the node begins another, under a new identity.
 */
export class NodeLog {
  readonly #ledger: Ledger;
  readonly #newIdentity: () => Identity;
  readonly #terms: LogTerms;
  #identity: Identity;
  #head: LogHead;
  #checkpoint: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Sealed and sent, and not known to be stored. */
  #unsettled: Unsettled | undefined;

  private constructor(ledger: Ledger, newIdentity: () => Identity, terms: LogTerms) {
    this.#ledger = ledger;
    this.#newIdentity = newIdentity;
    this.#terms = terms;
    this.#identity = newIdentity();
    this.#head = emptyLog(this.node);
  }

  /** Opens the log of a new node: its birth is block 0. */
  static async open(ledger: Ledger, newIdentity: () => Identity, terms: LogTerms): Promise<NodeLog> {
    const log = new NodeLog(ledger, newIdentity, terms);
    await log.#begin();
    return log;
  }

  /** The name of the log that the next block goes to. */
  get node(): string {
    return this.#identity.birth.node;
  }

  /** False while nothing can be recorded, and so nothing should be decided. */
  get isAvailable(): boolean {
    return this.#ledger.isAvailable;
  }

  /** The signed checkpoint of the log as it stands. */
  get checkpoint(): string {
    invariant(this.#checkpoint !== undefined, 'an open log has its birth block');
    return this.#checkpoint;
  }

  /**
   * Appends the records of one batch; answers where their block stands, or UNKNOWN when the ledger may or may not
   * have it: the block is then kept and sent again before any other.
   * @throws when the ledger took nothing: the head stays where it was.
   */
  append(entry: Entry): Promise<Appended> {
    return this.#inTurn(async () => {
      const fault = await this.#settle();
      if (fault !== undefined) throw fault;
      if (this.#head.frontier.size >= this.#terms.blocksMax) await this.#beginAnew();
      // The ledger refused the birth of the log that was begun anew.
      else if (this.#checkpoint === undefined) await this.#begin();
      return this.#appendNow(entry);
    });
  }

  /** Sends the block again that is not known to be stored, if there is one; false when that is still not known. @throws */
  settle(): Promise<boolean> {
    if (this.#unsettled === undefined) return Promise.resolve(true);
    return this.#inTurn(async () => (await this.#settle()) === undefined);
  }

  /** Begins another log if this one still goes by the name that was fenced. */
  renew(fenced: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.node === fenced && this.#unsettled === undefined) await this.#beginAnew();
    });
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const taken = this.#turn.then(step);
    this.#turn = taken.catch(() => undefined);
    return taken;
  }

  async #begin(): Promise<void> {
    const { birth } = this.#identity;
    const record = writeBirth(birth);
    const content = { atMs: birth.atMs, count: 1, recordsRoot: treeRoot([leafHash(record)]) };
    const body = Buffer.from(`${record}\n`);
    const appended = await this.#appendNow({ content, body, roundKeys: NO_KEYS, retention: 'full' });
    if (appended === UNKNOWN) throw new Error('the ledger did not say whether it has the birth of this node');
  }

  async #appendNow(entry: Entry): Promise<Appended> {
    const { content, body, roundKeys, retention = this.#terms.retention, answersIn } = entry;
    const { number, header, checkpoint, head } = sealBlock(this.#head, content, this.#identity.key);
    const address = { node: head.node, block: number };
    const answers = answersIn?.(address) ?? [];
    const block = { node: head.node, number, header, checkpoint, retention, body, roundKeys, answers };
    this.#unsettled = { head, block, mayStand: false };
    // Sent again at once, because perhaps only the answer was lost: the same block twice is a success.
    const fault = (await this.#settle()) && (await this.#settle());
    return fault === undefined ? address : UNKNOWN;
  }

  /**
   * Sends the block that is not known to be stored, if there is one; the head moves when the ledger has it. Answers
   * the fault when the ledger cannot be reached. @throws when the block is certainly nowhere: the ledger refused it, or
   * the log ended.
   */
  async #settle(): Promise<Error | undefined> {
    const unsettled = this.#unsettled;
    if (unsettled === undefined) return undefined;
    const { block, head } = unsettled;
    let result: AppendResult;
    try {
      result = await this.#ledger.append(block, this.#checkpoint);
    } catch (error) {
      return this.#failed(unsettled, error);
    }
    this.#unsettled = undefined;
    if (!result.appended)
      return this.#endHere('fenced' in result ? 'was fenced by another node' : 'lost blocks');
    this.#head = head;
    this.#checkpoint = block.checkpoint;
    return undefined;
  }

  /** A block that every attempt was refused for stands nowhere, and is forgotten. */
  #failed(unsettled: Unsettled, error: unknown): Error {
    if (error instanceof LedgerUnavailable && !unsettled.mayStand) {
      this.#unsettled = undefined;
      throw error;
    }
    unsettled.mayStand = true;
    return new Error(`the ledger did not answer for block ${unsettled.block.number}`, { cause: error });
  }

  async #endHere(because: string): Promise<never> {
    const ended = this.node;
    await this.#beginAnew();
    throw new Error(`the log of ${ended} ${because}; ${this.node} goes on`);
  }

  async #beginAnew(): Promise<void> {
    this.#identity = this.#newIdentity();
    this.#head = emptyLog(this.node);
    this.#checkpoint = undefined;
    await this.#begin();
  }
}
