import { setTimeout as pause } from 'node:timers/promises';
import { type Fsync, RedisProcess } from './redis-process.js';

const MASTERS = 3;
const NODES = 2 * MASTERS;
const SLOTS = 16_384;
/** How long a node may be silent before the others take it for dead. */
const NODE_TIMEOUT_MS = '1500';
const FORMED_MS_MAX = 30_000;
const POLL_MS = 100;

/** A real Redis Cluster on this machine: three masters with a replica each. The masters come first. */
export class RedisClusterProcesses {
  readonly nodes: readonly RedisProcess[];

  private constructor(nodes: readonly RedisProcess[]) {
    this.nodes = nodes;
  }

  static async start(fsync: Fsync): Promise<RedisClusterProcesses> {
    const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', NODE_TIMEOUT_MS];
    const starts = Array.from({ length: NODES }, () => RedisProcess.start({ fsync, settings }));
    const cluster = new RedisClusterProcesses(await Promise.all(starts));
    try {
      await cluster.#form();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Those that are masters when the cluster starts. */
  get masters(): readonly RedisProcess[] {
    return this.nodes.slice(0, MASTERS);
  }

  get url(): string {
    return `redis+cluster://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** Resolves when every slot has a master that is known to be well. */
  async well(): Promise<void> {
    await this.#until('every slot has a master', async (node) =>
      String(await node.ask('CLUSTER', 'INFO')).includes('cluster_state:ok'),
    );
  }

  async #form(): Promise<void> {
    const [first, ...others] = this.nodes as [RedisProcess, ...RedisProcess[]];
    for (const node of others) await first.ask('CLUSTER', 'MEET', '127.0.0.1', String(node.port));
    for (const [index, master] of this.masters.entries()) {
      const [from, to] = [index, index + 1].map((at) => Math.floor((at * SLOTS) / MASTERS));
      await master.ask('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to! - 1));
    }
    await this.#until('all nodes know each other', async (node) =>
      String(await node.ask('CLUSTER', 'INFO')).includes(`cluster_known_nodes:${NODES}`),
    );
    for (const [index, replica] of this.nodes.slice(MASTERS).entries()) {
      const id = String(await this.nodes[index]!.ask('CLUSTER', 'MYID'));
      await replica.ask('CLUSTER', 'REPLICATE', id);
    }
    await this.well();
    await this.#untilReplicated();
  }

  async #untilReplicated(): Promise<void> {
    for (const replica of this.nodes.slice(MASTERS)) {
      await eventually('a replica follows its master', async () =>
        String(await replica.ask('INFO', 'replication')).includes('master_link_status:up'),
      );
    }
  }

  async #until(awaited: string, holds: (node: RedisProcess) => Promise<boolean>): Promise<void> {
    for (const node of this.nodes) {
      // A node that was killed knows nothing any more, and has nothing to say.
      if (node.isRunning) await eventually(awaited, () => holds(node));
    }
  }
}

async function eventually(awaited: string, holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + FORMED_MS_MAX;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadlineMs)
      throw new Error(`Waited ${FORMED_MS_MAX} ms in vain until ${awaited}.`);
    await pause(POLL_MS);
  }
}
