import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** When an append counts as written. `none`: nothing is kept on disk. */
export type Fsync = 'always' | 'everysec' | 'none';

export interface RedisOptions {
  readonly fsync: Fsync;
  /** Further settings, as the command line of redis-server takes them. */
  readonly settings?: readonly string[];
}

const PROGRAMS = ['redis-server', 'valkey-server'];
/**
 * Ends the server when its standard input ends, which happens also when this process is killed. Nobody else's signals
 * end it, and it ends with the server.
 */
const GUARD = [
  'trap "" INT TERM HUP',
  'exec 3<&0 4>&2 2>/dev/null',
  '"$@" 3<&- 2>&4 & server=$!',
  'echo $server',
  '{ cat <&3 >/dev/null; kill -9 $server; } &',
  'wait $server',
].join('\n');
const CLUSTER_PORT_MAX = 55_535;
const START_MS_MAX = 10_000;
const POLL_MS = 25;

/** A Redis of one's own on a free port of this machine, that can be killed, paused and started again. */
export class RedisProcess {
  readonly port: number;
  readonly folder: string;
  readonly #options: RedisOptions;
  /** The shell around the server. */
  #guard: ChildProcess | undefined;
  #pid = 0;

  private constructor(port: number, options: RedisOptions) {
    this.port = port;
    this.#options = options;
    this.folder = mkdtempSync(join(tmpdir(), 'parley-redis-'));
  }

  static async start(options: RedisOptions): Promise<RedisProcess> {
    const redis = new RedisProcess(await lowFreePort(), options);
    await redis.start();
    return redis;
  }

  get isRunning(): boolean {
    return this.#guard !== undefined;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again on what it had written. Resolves when it answers. */
  async start(): Promise<void> {
    const command = ['-c', GUARD, 'guard', redisProgram(), ...this.#arguments()];
    const guard = spawn('sh', command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#guard = guard;
    const [line] = (await once(guard.stdout, 'data')) as [Buffer];
    this.#pid = Number.parseInt(line.toString(), 10);
    guard.stdout.resume();
    const deadlineMs = performance.now() + START_MS_MAX;
    while (!(await this.#answers())) {
      if (guard.exitCode !== null || performance.now() > deadlineMs)
        throw new Error(`${redisProgram()} did not start on port ${this.port}.`);
      await pause(POLL_MS);
    }
  }

  /** Without any farewell, as a machine that loses power. */
  async kill(): Promise<void> {
    const guard = this.#guard;
    this.#guard = undefined;
    const exited = guard?.exitCode === null ? once(guard, 'exit') : undefined;
    guard?.stdin?.end();
    await exited;
  }

  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  /** One command on a connection of its own. */
  async ask(command: string, ...args: string[]): Promise<unknown> {
    const client = this.#client();
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }

  async stop(): Promise<void> {
    this.resume();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#guard?.exitCode === null) process.kill(this.#pid, name);
  }

  #client(): Redis {
    const client = new Redis(this.port, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: null });
    client.on('error', () => undefined);
    return client;
  }

  async #answers(): Promise<boolean> {
    try {
      return (await this.ask('PING')) === 'PONG';
    } catch {
      return false;
    }
  }

  #arguments(): readonly string[] {
    const { fsync, settings = [] } = this.#options;
    const kept = fsync === 'none' ? ['--appendonly', 'no'] : ['--appendonly', 'yes', '--appendfsync', fsync];
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    return [...place, '--loglevel', 'warning', ...kept, ...settings];
  }
}

/** @throws with the sentence that says how to get one. */
export function redisProgram(): string {
  const found = PROGRAMS.find((program) => spawnSync(program, ['--version']).status === 0);
  if (found === undefined)
    throw new Error('A Redis server is needed: install redis-server or valkey-server (7.0 or newer).');
  return found;
}

/** Nodes of a cluster talk to each other on a port that is 10,000 higher. */
async function lowFreePort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port <= CLUSTER_PORT_MAX) return port;
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address');
  return address.port;
}
