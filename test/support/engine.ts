import { onTestFinished } from 'vitest';
import { createDoor, type Engine, startEngine } from '../../src/app.js';
import { type Environment, readConfig } from '../../src/config/read-config.js';
import type { Ledger } from '../../src/engine/ledger-port.js';
import { builtFile } from './build.js';

/** Longer than any test: a slow machine must not refuse what a test of something else sends. */
const PATIENT_MS = '600000';

/** An engine in this process with real worker threads, one unless told otherwise; closed when the test is over. */
export async function engineOf(
  environment: Environment = {},
  worker: URL = builtFile('workers/rounds.js'),
  shared: { readonly ledger?: Ledger } = {},
): Promise<Engine> {
  const config = readConfig({
    PARLEY_THREADS: '1',
    PARLEY_LOG_LEVEL: 'silent',
    PARLEY_QUEUE_MS_MAX: PATIENT_MS,
    ...environment,
  });
  const engine = await startEngine(config, { worker, ...shared });
  onTestFinished(() => engine.close());
  return engine;
}

/** The HTTP door of an engine on a free port; closed when the test is over. */
export async function doorOf(engine: Engine): Promise<{ readonly port: number; readonly address: string }> {
  const door = await createDoor(engine);
  onTestFinished(() => {
    door.server.closeAllConnections();
    return door.close();
  });
  const address = await door.listen({ host: '127.0.0.1', port: 0 });
  return { address, port: Number(new URL(address).port) };
}
