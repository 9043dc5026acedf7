import { invariant } from '../base/assert.js';
import { type Birth, writeBirth } from '../trail/birth.js';
import type { SigningKey } from '../trail/checkpoint.js';
import { type BlockContent, emptyLog, type LogHead, sealBlock } from '../trail/log.js';
import { leafHash, treeRoot } from '../trail/merkle.js';
import type { KeptRetention } from '../trail/retention.js';
import type { Ledger } from './ports.js';

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
   * Appends the records of one batch; answers the number of their block.
   * @throws when the ledger did not take it: the head stays where it was.
   */
  append(content: BlockContent, body: Buffer): Promise<number> {
    const appended = this.#turn.then(() => this.#appendNow(content, body, this.#retention));
    this.#turn = appended.catch(() => undefined);
    return appended;
  }

  async #appendNow(content: BlockContent, body: Buffer, retention: KeptRetention): Promise<number> {
    const { number, header, checkpoint, head } = sealBlock(this.#head, content, this.#key);
    const block = { node: head.node, number, header, checkpoint, retention, body };
    const result = await this.#ledger.append(block, this.#checkpoint);
    if (!result.appended) throw new Error(`the log of ${head.node} was continued by somebody else`);
    this.#head = head;
    this.#checkpoint = checkpoint;
    return number;
  }
}
