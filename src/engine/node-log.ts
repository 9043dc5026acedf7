import { invariant } from '../base/assert.js';
import { type Birth, writeBirth } from '../trail/birth.js';
import type { SigningKey } from '../trail/checkpoint.js';
import { type BlockContent, emptyLog, type LogHead, sealBlock } from '../trail/log.js';
import { leafHash, treeRoot } from '../trail/merkle.js';
import type { KeptRetention } from '../trail/retention.js';
import type { AppendResult, Ledger, StoredBlock } from './ports.js';

/** The ledger may have the block, and may not. */
export const UNKNOWN = 'unknown';
export type Appended = number | typeof UNKNOWN;

/**
 * The one writer of this node's log. Blocks are sealed in a row, because each names the one before it, and the head
 * moves only when the ledger has the block.
 */
export class NodeLog {
  readonly #ledger: Ledger;
  readonly #key: SigningKey;
  readonly #retention: KeptRetention;
  #head: LogHead;
  #checkpoint: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Sealed and sent, and not known to be stored. */
  #unsettled: { readonly block: StoredBlock; readonly head: LogHead } | undefined;

  private constructor(node: string, ledger: Ledger, key: SigningKey, retention: KeptRetention) {
    this.#head = emptyLog(node);
    this.#ledger = ledger;
    this.#key = key;
    this.#retention = retention;
  }

  /** Opens the log of a new node: its birth is block 0. */
  static async open(
    birth: Birth,
    ledger: Ledger,
    key: SigningKey,
    retention: KeptRetention,
  ): Promise<NodeLog> {
    const log = new NodeLog(birth.node, ledger, key, retention);
    const record = writeBirth(birth);
    const content = { atMs: birth.atMs, count: 1, recordsRoot: treeRoot([leafHash(record)]) };
    await log.#appendNow(content, Buffer.from(`${record}\n`), 'full');
    return log;
  }

  /** The signed checkpoint of the log as it stands. */
  get checkpoint(): string {
    invariant(this.#checkpoint !== undefined, 'an open log has its birth block');
    return this.#checkpoint;
  }

  /**
   * Appends the records of one batch; answers the number of their block, or UNKNOWN when the ledger may or may not
   * have it: the block is then kept and sent again before any other.
   * @throws when the ledger took nothing: the head stays where it was.
   */
  append(content: BlockContent, body: Buffer, retention: KeptRetention = this.#retention): Promise<Appended> {
    const appended = this.#turn.then(async () => {
      const fault = await this.#settle();
      if (fault !== undefined) throw fault;
      return this.#appendNow(content, body, retention);
    });
    this.#turn = appended.catch(() => undefined);
    return appended;
  }

  async #appendNow(content: BlockContent, body: Buffer, retention: KeptRetention): Promise<Appended> {
    const { number, header, checkpoint, head } = sealBlock(this.#head, content, this.#key);
    this.#unsettled = { head, block: { node: head.node, number, header, checkpoint, retention, body } };
    // Sent again at once, because perhaps only the answer was lost: the same block twice is a success.
    const fault = (await this.#settle()) && (await this.#settle());
    return fault === undefined ? number : UNKNOWN;
  }

  /**
   * Sends the block that is not known to be stored, if there is one; the head moves when the ledger has it. Answers
   * the fault when the ledger cannot be reached. @throws when somebody else continued the log.
   */
  async #settle(): Promise<Error | undefined> {
    if (this.#unsettled === undefined) return undefined;
    const { block, head } = this.#unsettled;
    let result: AppendResult;
    try {
      result = await this.#ledger.append(block, this.#checkpoint);
    } catch (error) {
      return new Error(`the ledger did not answer for block ${block.number}`, { cause: error });
    }
    this.#unsettled = undefined;
    invariant(result.appended, `the log of ${head.node} has one writer`);
    this.#head = head;
    this.#checkpoint = block.checkpoint;
    return undefined;
  }
}
