import { expect, onTestFinished } from 'vitest';
import { type Ended, launchBuilt } from './built-process.js';
import { until, within } from './until.js';

export interface BuiltServer {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  readonly written: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ended>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends it the hard way if it does not end on SIGTERM. */
  readonly stop: () => Promise<Ended>;
}

/** Longer than any test: a slow machine must not refuse what a test of something else sends. */
const PATIENT_MS = '600000';
const START_MS_MAX = 20_000;
const STOP_MS_MAX = 5000;

/** Serves the build on a free port of the loopback, with one worker thread unless told otherwise. */
export async function startBuiltServer(
  environment: Readonly<Record<string, string>> = {},
  nodeArguments: readonly string[] = [],
): Promise<BuiltServer> {
  const { child, written, ended } = launchBuilt(['serve'], {
    environment: {
      PARLEY_PORT: '0',
      PARLEY_THREADS: '1',
      PARLEY_QUEUE_MS_MAX: PATIENT_MS,
      ...environment,
    },
    nodeArguments,
  });
  const listening = () => /listens on (http:\/\/\S+:(\d+))/.exec(written.stdout);
  await until(
    'the server listens',
    () => {
      if (child.exitCode !== null) throw new Error(`The server ended at its start: ${written.stderr}`);
      return listening() !== null;
    },
    START_MS_MAX,
  );
  const [, address, port] = listening()!;
  const signal = (name: NodeJS.Signals): void => void child.kill(name);
  const stop = async (): Promise<Ended> => {
    signal('SIGTERM');
    return within(STOP_MS_MAX, 'the server has ended', ended).finally(() => {
      signal('SIGKILL');
    });
  };
  return { address: address!, port: Number(port), pid: child.pid!, written, ended, signal, stop };
}

/** A server of its own for one test. */
export async function serveThisTest(
  environment: Readonly<Record<string, string>> = {},
): Promise<BuiltServer> {
  const server = await startBuiltServer(environment);
  onTestFinished(async () => {
    await server.stop();
  });
  return server;
}

/** What callers do wrong is no fault of the engine: nothing of it may stand in the log. */
export function expectQuietLog({ stderr }: { readonly stderr: string }): void {
  const [firstLine = '', ...others] = stderr.trimEnd().split('\n');
  expect(firstLine, `the log is empty, and has no ${others.length} further lines`).toBe('');
}
