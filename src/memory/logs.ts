import type { RecordAddress } from '../base/ids.js';
import type {
  AppendResult,
  KeptBlock,
  LogState,
  Logs,
  StoredBlock,
  TrimmedBlock,
} from '../engine/ledger-port.js';
import { recordAt } from '../trail/retention.js';
import { ROUND_KEY_BYTES } from '../trail/round-key.js';

/** Most bytes of blocks that one answer carries: whoever reads on asks again. */
const READ_BYTES_MAX = 4 * 1_048_576;

export interface MemoryLogBounds {
  /** Of blocks with their bodies, over all logs. */
  readonly trailBytesMax: number;
  /** The oldest logs go, whole. */
  readonly logsMax: number;
}

interface MemoryLog {
  readonly blocks: KeptBlock[];
  firstKept: number;
  isFenced: boolean;
}

/**
 * The logs of all nodes, in process and bounded. When the bound is reached the bodies of the oldest blocks of all logs
 * go, but never a birth, without whose key nothing that is left could be checked, and never the newest block of a log.
 */
export class MemoryLogs implements Logs {
  readonly #bounds: MemoryLogBounds;
  readonly #onAppended: (block: StoredBlock) => void;
  readonly #logs = new Map<string, MemoryLog>();
  /** Blocks whose body may go, oldest first. */
  readonly #trimmable = new Set<StoredBlock>();
  #bytes = 0;

  /** `onAppended` is called in the same turn, so that nobody sees a block without what has to stand with it. */
  constructor(bounds: MemoryLogBounds, onAppended: (block: StoredBlock) => void) {
    this.#bounds = bounds;
    this.#onAppended = onAppended;
  }

  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    const log = this.#logs.get(block.node) ?? newLog();
    const newest = log.blocks.at(-1);
    const stored = newest?.checkpoint;
    if (stored === block.checkpoint) return Promise.resolve({ appended: true });
    if (log.isFenced) return Promise.resolve({ appended: false, fenced: true });
    if (stored !== expected) return Promise.resolve({ appended: false, stored });
    if (newest?.body !== undefined && newest.number > 0) this.#trimmable.add(newest);
    const { node, number, header, checkpoint, retention, body, roundKeys } = block;
    const kept = { node, number, header, checkpoint, retention, body, roundKeys };
    log.blocks.push(kept);
    this.#logs.set(block.node, log);
    this.#bytes += sizeOf(kept);
    this.#dropOldest();
    this.#trim();
    this.#onAppended(block);
    return Promise.resolve({ appended: true });
  }

  readBlock(node: string, number: number): Promise<KeptBlock | undefined> {
    return Promise.resolve(this.#logs.get(node)?.blocks[number]);
  }

  readBlocks(node: string, from: number, limit: number): Promise<readonly KeptBlock[]> {
    const read: KeptBlock[] = [];
    let bytes = 0;
    for (const block of this.#logs.get(node)?.blocks.slice(from, from + limit) ?? []) {
      bytes += block.body?.length ?? 0;
      if (read.length > 0 && bytes > READ_BYTES_MAX) break;
      read.push(block);
    }
    return Promise.resolve(read);
  }

  async readRecord({ node, block, index }: RecordAddress): Promise<Buffer | undefined> {
    const stored = await this.readBlock(node, block);
    return stored?.body === undefined ? undefined : recordAt(stored.body, index, stored.retention);
  }

  readHeaders(node: string, from: number, limit: number): Promise<readonly string[]> {
    const blocks = this.#logs.get(node)?.blocks.slice(from, from + limit) ?? [];
    return Promise.resolve(blocks.map(({ header }) => header));
  }

  readHead(node: string): Promise<LogState | undefined> {
    const log = this.#logs.get(node);
    const newest = log?.blocks.at(-1);
    if (log === undefined || newest === undefined) return Promise.resolve(undefined);
    const { firstKept, isFenced } = log;
    const { checkpoint } = newest;
    return Promise.resolve({ size: log.blocks.length, checkpoint, firstKept, isFenced });
  }

  listNodes(after: string, limit: number): Promise<readonly string[]> {
    const nodes = [...this.#logs.keys()].filter((node) => node > after).sort();
    return Promise.resolve(nodes.slice(0, limit));
  }

  findRecords(roundKey: Buffer, limit: number): Promise<readonly RecordAddress[]> {
    const found = [...this.#logs.values()].flatMap(({ blocks }) =>
      blocks.flatMap((block) => addressesIn(block, roundKey).map((address) => ({ block, address }))),
    );
    const newestFirst = found.sort((a, b) => timeOf(b.block) - timeOf(a.block));
    return Promise.resolve(newestFirst.slice(0, limit).map(({ address }) => address));
  }

  fence(node: string): Promise<void> {
    const log = this.#logs.get(node) ?? newLog();
    log.isFenced = true;
    this.#logs.set(node, log);
    return Promise.resolve();
  }

  isFenced(node: string): boolean {
    return this.#logs.get(node)?.isFenced ?? false;
  }

  #dropOldest(): void {
    for (const [node, { blocks }] of this.#logs) {
      if (this.#logs.size <= this.#bounds.logsMax) return;
      this.#logs.delete(node);
      for (const block of blocks) {
        if (block.body === undefined) continue;
        this.#trimmable.delete(block);
        this.#bytes -= sizeOf(block);
      }
    }
  }

  #trim(): void {
    for (const block of this.#trimmable) {
      if (this.#bytes <= this.#bounds.trailBytesMax) return;
      this.#trimmable.delete(block);
      const log = this.#logs.get(block.node)!;
      const { node, number, header, checkpoint } = block;
      const trimmed: TrimmedBlock = { node, number, header, checkpoint, body: undefined };
      log.blocks[number] = trimmed;
      log.firstKept = number + 1;
      this.#bytes -= sizeOf(block);
    }
  }
}

function newLog(): MemoryLog {
  return { blocks: [], firstKept: 1, isFenced: false };
}

/** Newest first within a block, as between blocks. */
function addressesIn(block: KeptBlock, roundKey: Buffer): RecordAddress[] {
  if (block.body === undefined) return [];
  const addresses: RecordAddress[] = [];
  for (let start = 0; start < block.roundKeys.length; start += ROUND_KEY_BYTES) {
    if (!block.roundKeys.subarray(start, start + ROUND_KEY_BYTES).equals(roundKey)) continue;
    addresses.unshift({ node: block.node, block: block.number, index: start / ROUND_KEY_BYTES });
  }
  return addresses;
}

function timeOf({ header }: KeptBlock): number {
  return (JSON.parse(header) as { readonly at?: number }).at ?? 0;
}

function sizeOf({ header, checkpoint, body }: StoredBlock): number {
  return header.length + checkpoint.length + body.length;
}
