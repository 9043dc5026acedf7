import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Reading } from './probe.js';

export interface ServerCommand {
  readonly name: string;
  /** A built file, relative to the folder of the build. */
  readonly script: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Where every server, engine or baseline, takes rounds. */
export const ROUNDS_PATH = '/v1/rounds';

const BUILD = new URL('../', import.meta.url);
const PROBE = new URL('bench/probe.js', BUILD).href;
const GREETING = /listens on (http:\S+)/;
const START_MS_MAX = 30_000;
const STOP_MS_MAX = 5000;

/** Starts a server in a process of its own; resolves when it has said where it listens. */
export async function launchServer(command: ServerCommand): Promise<RunningServer> {
  const script = fileURLToPath(new URL(command.script, BUILD));
  const child = spawn(process.execPath, ['--import', PROBE, script, ...command.args], {
    env: { ...plainEnvironment(), ...command.options },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const server = new RunningServer(command.name, child);
  try {
    server.address = await Promise.race([greeting(child.stdout!, command.name), server.failed]);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export class RunningServer {
  readonly name: string;
  address = '';
  /** Rejects when the process ends; a run that depends on the server races against it. */
  readonly failed: Promise<never>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    this.failed = this.#exited.then(() => {
      throw new Error(`the server of "${name}" ended (${child.signalCode ?? `status ${child.exitCode}`})`);
    });
    this.failed.catch(() => undefined);
  }

  async read(): Promise<Reading> {
    const answer = once(this.#child, 'message') as Promise<[Reading]>;
    this.#child.send('read');
    const [reading] = await Promise.race([answer, this.failed]);
    return reading;
  }

  async stop(): Promise<void> {
    const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS_MAX);
    this.#child.kill('SIGTERM');
    await this.#exited;
    clearTimeout(force);
  }
}

/** Options meant for an engine of the person who runs the benchmark must not leak into the measured ones. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith('PARLEY_') && name !== 'REDIS_URL'));
}

function greeting(output: Readable, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`the server of "${name}" did not listen within ${START_MS_MAX} ms`));
    }, START_MS_MAX);
    let text = '';
    output.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const address = GREETING.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      output.removeAllListeners('data').resume();
      resolve(address);
    });
    output.once('close', () => {
      clearTimeout(timer);
    });
  });
}
