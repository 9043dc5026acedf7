import { setTimeout as pause } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import { LedgerUnavailable } from '../engine/ledger-port.js';
import { connected, type Connection, connectionTo } from './connection.js';
import { ledgerFault } from './faults.js';
import { replicatedKey } from './keys.js';
import { Pulse } from './pulse.js';
import { scriptOf } from './scripts.js';
import type { RedisTarget } from '../base/redis-target.js';

export type Argument = string | number | Buffer;

/** The part of the time of a command for which a replica is waited for: Redis has to answer before it is given up. */
const WAIT_PART = 0.8;

/** Redis as the ledger uses it: commands that fail at once while it is away, replies as bytes. */
export class RedisClient {
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #pulse: Pulse;

  private constructor(connection: Connection, namespace: string, commandMsMax: number) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#pulse = new Pulse(connection, namespace, commandMsMax);
  }

  /** @throws LedgerUnavailable when Redis cannot be used, about the time of a command later. */
  static async open(target: RedisTarget, commandMsMax: number): Promise<RedisClient> {
    const connection = connectionTo(target, commandMsMax);
    const client = new RedisClient(connection, target.namespace, commandMsMax);
    const faults: Error[] = [];
    // Every command reports its own failure; the connection is opened again by itself.
    connection.on('error', (fault: Error) => {
      faults.splice(0, 1, fault);
    });
    try {
      await within(commandMsMax, connected(connection));
      // The client goes on after a reply that it does not like, as with another database than the one it was told.
      if (faults[0]?.name === 'ReplyError') throw faults[0];
      client.#pulse.start();
      return client;
    } catch (error) {
      connection.disconnect();
      const { message } = ledgerFault(faults[0] ?? error);
      throw new LedgerUnavailable(`Redis cannot be used (${message})`);
    }
  }

  get isAvailable(): boolean {
    return this.#pulse.isFelt;
  }

  /** What matters to this process lies where this key does: it is there that Redis has to be well. */
  watch(key: string): void {
    this.#pulse.watch(key);
  }

  async run(name: string, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const { sha1, text } = scriptOf(name);
    const rest = [keys.length, ...keys.map((key) => this.#namespace + key), ...args];
    try {
      return await this.#connection.callBuffer('EVALSHA', [sha1, ...rest]);
    } catch (error) {
      // A Redis that was started anew, or the other master of a Cluster, has not seen the script yet.
      if (!String(error).includes('NOSCRIPT')) throw this.#faultOf(error);
    }
    return this.call('EVAL', text, ...rest);
  }

  /** The command with keys as they are given: see `keyed`. */
  async call(command: string, ...args: readonly Argument[]): Promise<unknown> {
    try {
      return await this.#connection.callBuffer(command, [...args]);
    } catch (error) {
      throw this.#faultOf(error);
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

  /**
   * Runs what writes to the slot of a key, and waits until a replica has it. WAIT knows only what its own connection has
   * written, and a block that stood already, perhaps since another connection, is not written again: so something else
   * is, behind it. @throws when no replica has it in time.
   */
  async replicated<T>(key: string, msMax: number, write: () => Promise<T>): Promise<T> {
    const masterNow = await this.#masterOf(this.#namespace + key);
    const server = masterNow();
    if (server === undefined) throw new LedgerUnavailable('no master is known for the log of this node');
    const result = await write();
    // The slot may have moved, and the write with it. From here on it may stand, whatever else fails.
    if (masterNow() !== server) throw new Error('the slot moved while it was written');
    const waitMs = Math.ceil(msMax * WAIT_PART);
    try {
      const [, replicas] = await Promise.all([
        server.set(this.#namespace + replicatedKey(key), '', 'PX', msMax),
        server.wait(1, waitMs),
      ]);
      if (replicas >= 1) return result;
    } catch (error) {
      // Whatever it was: the write may stand.
      throw new Error('no replica was asked', { cause: this.#faultOf(error) });
    }
    throw new Error(`no replica confirmed the write within ${waitMs} ms`);
  }

  async close(): Promise<void> {
    this.#pulse.stop();
    await this.#connection.quit().catch(() => undefined);
    this.#connection.disconnect();
  }

  #faultOf(error: unknown): Error {
    const fault = ledgerFault(error);
    if (fault instanceof LedgerUnavailable) this.#pulse.doubt();
    return fault;
  }

  /** Tells the connection that writes to the slot of the key use now: WAIT knows of the writes of its own connection only. */
  async #masterOf(key: string): Promise<() => Redis | undefined> {
    const connection = this.#connection;
    if (!(connection instanceof Cluster)) return () => connection;
    const slot = Number(await this.call('CLUSTER', 'KEYSLOT', key));
    return () => {
      const [address] = connection.slots[slot] ?? [];
      const masters = connection.nodes('master');
      return masters.find(({ options }) => `${options.host}:${options.port}` === address);
    };
  }
}

async function within(msMax: number, connecting: Promise<void>): Promise<void> {
  const late = pause(msMax, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${msMax} ms`);
  });
  connecting.catch(() => undefined);
  late.catch(() => undefined);
  await Promise.race([connecting, late]);
}
