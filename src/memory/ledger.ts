import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, Ledger, StoredBlock } from '../engine/ports.js';
import { recordAt } from '../trail/retention.js';

/**
 * The embedded ledger: in process, lost on exit, bounded. When the bound is reached the oldest blocks of all logs go,
 * but never a birth, without whose key nothing that is left could be checked, and never the newest block of a log.
 */
export class MemoryLedger implements Ledger {
  readonly #bytesMax: number;
  readonly #logs = new Map<string, StoredLog>();
  /** Blocks that may go, oldest first. */
  readonly #trimmable = new Set<StoredBlock>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    const log = this.#logs.get(block.node) ?? { blocks: new Map<number, StoredBlock>(), newest: undefined };
    const stored = log.newest?.checkpoint;
    if (stored === block.checkpoint) return Promise.resolve({ appended: true });
    if (stored !== expected) return Promise.resolve({ appended: false, stored });
    if (log.newest !== undefined && log.newest.number > 0) this.#trimmable.add(log.newest);
    log.blocks.set(block.number, block);
    log.newest = block;
    this.#logs.set(block.node, log);
    this.#bytes += sizeOf(block);
    this.#trim();
    return Promise.resolve({ appended: true });
  }

  readBlock(node: string, number: number): Promise<StoredBlock | undefined> {
    return Promise.resolve(this.#logs.get(node)?.blocks.get(number));
  }

  async readRecord({ node, block, index }: RecordAddress): Promise<Buffer | undefined> {
    const stored = await this.readBlock(node, block);
    return stored === undefined ? undefined : recordAt(stored.body, index, stored.retention);
  }

  #trim(): void {
    for (const block of this.#trimmable) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#trimmable.delete(block);
      this.#logs.get(block.node)?.blocks.delete(block.number);
      this.#bytes -= sizeOf(block);
    }
  }
}

interface StoredLog {
  readonly blocks: Map<number, StoredBlock>;
  newest: StoredBlock | undefined;
}

function sizeOf({ header, checkpoint, body }: StoredBlock): number {
  return header.length + checkpoint.length + body.length;
}
