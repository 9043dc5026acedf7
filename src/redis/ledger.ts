import type { Clock } from '../base/clock.js';
import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, Draft, Ledger, StoredBlock } from '../engine/ledger-port.js';
import { RedisClient } from './client.js';
import { TIE_KEY } from './keys.js';
import { type RedisLogBounds, RedisLogs } from './logs.js';
import { RedisPublications } from './publications.js';
import { RedisRetries } from './retries.js';
import { type RedisSessionBounds, RedisSessions } from './sessions.js';
import type { RedisTarget } from '../base/redis-target.js';

export interface RedisBounds extends RedisLogBounds, RedisSessionBounds {
  readonly catalogueBytesMax: number;
  readonly retryBytesMax: number;
  /** A command that is not answered within this time may have been carried out, and may not. */
  readonly commandMsMax: number;
}

/** The ledger that several nodes share: one Redis, or a Cluster. */
export class RedisLedger implements Ledger {
  readonly sessions: RedisSessions;
  readonly retries: RedisRetries;
  readonly #client: RedisClient;
  readonly #logs: RedisLogs;
  readonly #publications: RedisPublications;

  private constructor(client: RedisClient, bounds: RedisBounds, clock: Clock) {
    this.#client = client;
    this.#logs = new RedisLogs(client, bounds);
    this.#publications = new RedisPublications(client, bounds.catalogueBytesMax);
    this.sessions = new RedisSessions(client, bounds);
    this.retries = new RedisRetries(client, bounds.retryBytesMax, clock);
  }

  /** @throws LedgerUnavailable when Redis cannot be reached. */
  static async open(target: RedisTarget, bounds: RedisBounds, clock: Clock): Promise<RedisLedger> {
    return new RedisLedger(await RedisClient.open(target, bounds.commandMsMax), bounds, clock);
  }

  async shareTieKey(candidate: Buffer): Promise<Buffer> {
    const earlier = await this.#client.keyed('SET', TIE_KEY, candidate, 'NX', 'GET');
    return Buffer.isBuffer(earlier) ? earlier : candidate;
  }

  get isAvailable(): boolean {
    return this.#client.isAvailable;
  }

  async append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    const result = await this.#logs.append(block, expected);
    if (result.appended) this.retries.countAnswers(block.answers ?? []);
    return result;
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

  publish(draft: Draft, expected: number | undefined) {
    return this.#publications.publish(draft, expected);
  }

  readPublications(after: number) {
    return this.#publications.readPublications(after);
  }

  onPublished(listener: () => void) {
    return this.#publications.onPublished(listener);
  }

  close() {
    return this.#client.close();
  }
}
