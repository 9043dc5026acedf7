import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { builtPath } from './build.js';

export interface Ended {
  /** Null when a signal ended the process. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BuiltProcess {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly written: { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
}

export interface Launch {
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/** Runs the built command line with nothing but the given environment. Its standard input is an open pipe. */
export function launchBuilt(args: readonly string[], launch: Launch = {}): BuiltProcess {
  const { environment = {}, nodeArguments = [] } = launch;
  const child = spawn(process.execPath, [...nodeArguments, builtPath('src/cli/main.js'), ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const ended = once(child, 'close').then(() => ({
    status: child.exitCode,
    signal: child.signalCode,
    ...written,
  }));
  return { child, written, ended };
}

/** Runs a command to its end, with these bytes as its standard input. */
export async function runBuilt(
  args: readonly string[],
  { input = '', ...launch }: Launch & { readonly input?: string | Buffer } = {},
): Promise<Ended> {
  const { child, ended } = launchBuilt(args, launch);
  child.stdin?.on('error', () => undefined).end(input);
  return ended;
}
