import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from './until.js';

const SLOTS = 16_384;
const MASTERS = 3;

/** A Redis of its own for a test; nothing of it is left behind. */
export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'));
  const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawn('redis-server', [...fixed, ...options], { stdio: 'ignore' });
  await until('redis-server answers', () => answers(port), 20_000);
  return { port, stop: () => stop(server, folder) };
}

/** A Cluster of three masters, each with a third of the slots. */
export async function startCluster(): Promise<RedisServer> {
  const masters = [];
  for (let at = 0; at < MASTERS; at++) masters.push(await startRedis('--cluster-enabled', 'yes'));
  for (const [at, { port }] of masters.entries()) {
    const [from, to] = [at, at + 1].map((third) => Math.floor((third * SLOTS) / MASTERS));
    await call(port, 'CLUSTER', 'ADDSLOTSRANGE', from!, to! - 1);
    await call(port, 'CLUSTER', 'MEET', '127.0.0.1', masters[0]!.port);
  }
  for (const { port } of masters) await until('the cluster is whole', () => isWhole(port), 20_000);
  const stopAll = async () => {
    await Promise.all(masters.map((master) => master.stop()));
  };
  return { port: masters[0]!.port, stop: stopAll };
}

async function isWhole(port: number): Promise<boolean> {
  const state = String(await call(port, 'CLUSTER', 'INFO'));
  return state.includes('cluster_state:ok') && state.includes(`cluster_known_nodes:${MASTERS}`);
}

async function answers(port: number): Promise<boolean> {
  return call(port, 'PING').then(
    (reply) => reply === 'PONG',
    () => false,
  );
}

async function call(port: number, command: string, ...args: readonly (string | number)[]): Promise<unknown> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.call(command, [...args]);
  } finally {
    client.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  // The bus of a cluster takes the port 10,000 above.
  return port <= 55_000 ? port : freePort();
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const exited = new Promise((resolve) => server.once('exit', resolve));
  if (server.exitCode === null && server.kill()) await exited;
  rmSync(folder, { recursive: true, force: true });
}
