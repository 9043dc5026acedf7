import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../redis/redis-process.js';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const READY_MS_MAX = 30_000;
const POLL_MS = 50;

/** One engine in a process of its own, on a port that stays, that can be killed at any moment and started again. */
export class EngineNode {
  readonly address: string;
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #errors = '';

  private constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.address = `http://127.0.0.1:${port}`;
    this.#environment = { ...environment, PARLEY_PORT: String(port), PARLEY_THREADS: '1' };
  }

  static async start(environment: Readonly<Record<string, string>>): Promise<EngineNode> {
    const node = new EngineNode(await freePort(), environment);
    await node.start();
    return node;
  }

  /** Resolves when the engine is ready for traffic. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, 'serve'], {
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4000);
    });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    await this.ready(() => child.exitCode !== null);
  }

  async ready(isOver: () => boolean = () => false): Promise<void> {
    const deadlineMs = performance.now() + READY_MS_MAX;
    while (!(await this.isReady())) {
      if (isOver() || performance.now() > deadlineMs)
        throw new Error(`the engine at ${this.address} does not get ready:\n${this.#errors}`);
      await pause(POLL_MS);
    }
  }

  async isReady(): Promise<boolean> {
    try {
      const { status } = await fetch(`${this.address}/readyz`, { signal: AbortSignal.timeout(1000) });
      return status === 200;
    } catch {
      return false;
    }
  }

  /** As a machine that loses power. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
