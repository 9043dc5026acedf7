import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, Draft, Ledger, PublishResult, StoredBlock } from '../engine/ports.js';
import type { Publication } from '../schema/catalogue.js';
import { recordAt } from '../trail/retention.js';
import { MemoryCatalogue } from './catalogue.js';

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

  readonly #catalogue: MemoryCatalogue;

  constructor(bytesMax: number, catalogueBytesMax: number) {
    this.#bytesMax = bytesMax;
    this.#catalogue = new MemoryCatalogue(catalogueBytesMax);
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

  publish(draft: Draft, expected: number | undefined): Promise<PublishResult> {
    return Promise.resolve(this.#catalogue.publish(draft, expected));
  }

  readPublications(after: number): Promise<readonly Publication[]> {
    return Promise.resolve(this.#catalogue.readAfter(after));
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
