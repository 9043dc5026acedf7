import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs command lines the way a reader does: in a shell, in a folder, with nothing else set. */

export interface Ending {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const COMMAND_MS_MAX = 120_000;

export function runInShell(command: string, folder: string): Promise<Ending> {
  const options = { cwd: folder, env: environmentOf(folder), timeout: COMMAND_MS_MAX };
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', command], options, (_, out, err) => {
      resolve({ status: child.exitCode, out, err });
    });
  });
}

/** A command that goes on until it is told to stop. */
export interface Running {
  /** What it printed until `marker` was there. */
  readonly out: string;
  /** Sends SIGTERM to all its processes and waits for their end. */
  readonly stop: () => Promise<void>;
}

/** Starts the command on a free port and resolves when it has printed the marker. */
export async function startInShell(command: string, folder: string, marker: string): Promise<Running> {
  const env = { ...environmentOf(folder), PARLEY_PORT: '0' };
  // A group of its own: npm, its shell and the engine are stopped together, as Ctrl-C would stop them.
  const child = spawn('sh', ['-c', command], { cwd: folder, env, detached: true });
  const closed = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGTERM');
    await closed;
  };
  let out = '';
  const printed = new Promise<boolean>((resolve) => {
    const take = (text: string): void => {
      out += text;
      if (out.includes(marker)) resolve(true);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
  });
  const deadline = setTimeout(() => void stop(), COMMAND_MS_MAX);
  const isRunning = await Promise.race([printed, closed.then(() => false)]);
  clearTimeout(deadline);
  if (!isRunning) throw new Error(`${command} ended before it printed "${marker}":\n${out}`);
  return { out, stop };
}

/** npm keeps what it writes inside the copy, and asks no registry. */
function environmentOf(folder: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? folder,
    npm_config_cache: join(folder, '.npm'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
}
