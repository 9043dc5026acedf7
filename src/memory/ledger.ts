import type { Clock } from '../base/clock.js';
import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, Draft, Ledger, PublishResult, StoredBlock } from '../engine/ledger-port.js';
import type { Publication } from '../schema/catalogue.js';
import { MemoryCatalogue } from './catalogue.js';
import { type MemoryLogBounds, MemoryLogs } from './logs.js';
import { MemoryRetries } from './retries.js';
import { MemorySessions, type SessionBounds } from './sessions.js';

/** How much the embedded ledger keeps. */
export interface MemoryBounds extends SessionBounds, MemoryLogBounds {
  readonly catalogueBytesMax: number;
  readonly retryBytesMax: number;
}

/** The embedded ledger: in process, lost on exit, bounded. */
export class MemoryLedger implements Ledger {
  readonly isAvailable = true;
  readonly sessions: MemorySessions;
  readonly retries: MemoryRetries;
  readonly #logs: MemoryLogs;
  readonly #catalogue: MemoryCatalogue;

  constructor(bounds: MemoryBounds, clock: Clock) {
    this.#logs = new MemoryLogs(bounds, ({ node, answers }) => {
      this.retries.keepAnswers(node, answers ?? []);
    });
    this.#catalogue = new MemoryCatalogue(bounds.catalogueBytesMax);
    this.sessions = new MemorySessions(bounds, clock);
    this.retries = new MemoryRetries(bounds.retryBytesMax, clock, (node) => this.#logs.isFenced(node));
  }

  append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    return this.#logs.append(block, expected);
  }

  readBlock(node: string, number: number) {
    return this.#logs.readBlock(node, number);
  }

  readBlocks(node: string, from: number, limit: number) {
    return this.#logs.readBlocks(node, from, limit);
  }

  readRecord(address: RecordAddress) {
    return this.#logs.readRecord(address);
  }

  readHeaders(node: string, from: number, limit: number) {
    return this.#logs.readHeaders(node, from, limit);
  }

  readHead(node: string) {
    return this.#logs.readHead(node);
  }

  listNodes(after: string, limit: number) {
    return this.#logs.listNodes(after, limit);
  }

  findRecords(roundKey: Buffer, limit: number) {
    return this.#logs.findRecords(roundKey, limit);
  }

  fence(node: string) {
    return this.#logs.fence(node);
  }

  publish(draft: Draft, expected: number | undefined): Promise<PublishResult> {
    return Promise.resolve(this.#catalogue.publish(draft, expected));
  }

  readPublications(after: number): Promise<readonly Publication[]> {
    return Promise.resolve(this.#catalogue.readAfter(after));
  }

  /** There is no other node. */
  shareTieKey(candidate: Buffer): Promise<Buffer> {
    return Promise.resolve(candidate);
  }

  /** There is no other node. */
  onPublished(): () => void {
    return () => undefined;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
