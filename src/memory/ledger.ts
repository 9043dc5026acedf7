import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, Ledger, StoredBlock } from '../engine/ports.js';
import { recordAt } from '../trail/retention.js';

/**
 * The embedded ledger: in process, lost on exit, bounded. When the bound is reached the oldest blocks go, but never
 * a birth: without its key nothing that is left could be checked.
 */
export class MemoryLedger implements Ledger {
  readonly #bytesMax: number;
  readonly #logs = new Map<string, NodeBlocks>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    const log = this.#logs.get(block.node) ?? {
      blocks: new Map<number, StoredBlock>(),
      checkpoint: undefined,
    };
    if (log.checkpoint === block.checkpoint) return Promise.resolve({ appended: true });
    if (log.checkpoint !== expected) return Promise.resolve({ appended: false, stored: log.checkpoint });
    log.blocks.set(block.number, block);
    log.checkpoint = block.checkpoint;
    this.#logs.set(block.node, log);
    this.#bytes += sizeOf(block);
    this.#trim(log);
    return Promise.resolve({ appended: true });
  }

  readBlock(node: string, number: number): Promise<StoredBlock | undefined> {
    return Promise.resolve(this.#logs.get(node)?.blocks.get(number));
  }

  async readRecord({ node, block, index }: RecordAddress): Promise<Buffer | undefined> {
    const stored = await this.readBlock(node, block);
    return stored === undefined ? undefined : recordAt(stored.body, index, stored.retention);
  }

  /** A Map keeps the order of insertion, so its first blocks are the oldest. */
  #trim({ blocks }: NodeBlocks): void {
    for (const [number, block] of blocks) {
      if (this.#bytes <= this.#bytesMax) return;
      if (number === 0) continue;
      blocks.delete(number);
      this.#bytes -= sizeOf(block);
    }
  }
}

interface NodeBlocks {
  readonly blocks: Map<number, StoredBlock>;
  checkpoint: string | undefined;
}

function sizeOf({ header, checkpoint, body }: StoredBlock): number {
  return header.length + checkpoint.length + body.length;
}
