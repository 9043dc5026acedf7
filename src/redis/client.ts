import { Cluster, type Redis } from 'ioredis';
import { LedgerUnavailable } from '../engine/ledger-port.js';
import { connected, type Connection, connectionTo } from './connection.js';
import { ledgerFault } from './faults.js';
import { Pulse } from './pulse.js';
import { scriptOf } from './scripts.js';
import type { RedisTarget } from '../base/redis-target.js';

export type Argument = string | number | Buffer;

/** Redis as the ledger uses it: commands that fail at once while it is away, replies as bytes. */
export class RedisClient {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #pulse: Pulse;

  private constructor(connection: Connection, namespace: string, commandMsMax: number) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#pulse = new Pulse(connection, commandMsMax);
  }

  /** @throws when Redis cannot be reached. */
  static async open(target: RedisTarget, commandMsMax: number): Promise<RedisClient> {
    const connection = connectionTo(target, commandMsMax);
    // Every command reports its own failure; the connection is opened again by itself.
    connection.on('error', () => undefined);
    const client = new RedisClient(connection, target.namespace, commandMsMax);
    try {
      await connected(connection);
      client.#pulse.start();
      return client;
    } catch (error) {
      connection.disconnect();
      throw new LedgerUnavailable('Redis cannot be reached', { cause: error });
    }
  }

  get isAvailable(): boolean {
    return this.#pulse.isFelt;
  }

  /** What matters to this process lies where this key does: it is there that Redis has to be well. */
  watch(key: string): void {
    this.#pulse.key = this.#namespace + key;
  }

  async run(name: string, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const { sha1, text } = scriptOf(name);
    const rest = [keys.length, ...keys.map((key) => this.#namespace + key), ...args];
    try {
      return await this.#connection.callBuffer('EVALSHA', [sha1, ...rest]);
    } catch (error) {
      // A Redis that was started anew, or the other master of a Cluster, has not seen the script yet.
      if (!String(error).includes('NOSCRIPT')) throw ledgerFault(error);
    }
    return this.call('EVAL', text, ...rest);
  }

  /** The command with keys as they are given: see `keyed`. */
  async call(command: string, ...args: readonly Argument[]): Promise<unknown> {
    try {
      return await this.#connection.callBuffer(command, [...args]);
    } catch (error) {
      throw ledgerFault(error);
    }
  }

  /** A command whose first argument is a key. */
  keyed(command: string, key: string, ...args: readonly Argument[]): Promise<unknown> {
    return this.call(command, this.#namespace + key, ...args);
  }

  async getBuffer(key: string): Promise<Buffer | undefined> {
    const value = await this.keyed('GET', key);
    return Buffer.isBuffer(value) ? value : undefined;
  }

  async setFor(key: string, ms: number): Promise<void> {
    await this.keyed('SET', key, '1', 'PX', ms);
  }

  async exists(key: string): Promise<boolean> {
    return (await this.keyed('EXISTS', key)) === 1;
  }

  /** Runs what writes to the slot of a key, and waits until a replica has it. @throws when none has in time. */
  async replicated<T>(key: string, waitMs: number, write: () => Promise<T>): Promise<T> {
    const server = await this.#serverOf(this.#namespace + key);
    const result = await write();
    const replicas = await server.wait(1, waitMs);
    if (replicas < 1) throw new Error(`no replica confirmed the write within ${waitMs} ms`);
    return result;
  }

  async close(): Promise<void> {
    this.#pulse.stop();
    await this.#connection.quit().catch(() => undefined);
    this.#connection.disconnect();
  }

  /** The connection that writes to the slot of the key use: WAIT tells of the writes of its own connection only. */
  async #serverOf(key: string): Promise<Redis> {
    const connection = this.#connection;
    if (!(connection instanceof Cluster)) return connection;
    const slot = Number(await this.call('CLUSTER', 'KEYSLOT', key));
    const [address] = connection.slots[slot] ?? [];
    const server = connection
      .nodes('master')
      .find(({ options }) => `${options.host}:${options.port}` === address);
    if (server === undefined) throw new LedgerUnavailable('no master is known for the log of this node');
    return server;
  }
}
