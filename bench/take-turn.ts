import { setTimeout as delay } from 'node:timers/promises';
import { Load } from './drive-load.js';
import { type Turn, turnOf } from './report/figures.js';
import { ROUNDS_PATH, type RunningServer } from './launch-server.js';

/** The load of a turn, and what ends it early. */
export interface TurnConditions {
  readonly connections: number;
  readonly bodies: readonly Buffer[];
  /** Where they are posted; absent: where rounds are. */
  readonly path?: string;
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Lets time pass; rejects as soon as the load or the server fails, or the run is stopped. */
type Pass = (seconds: number) => Promise<void>;

/** From the first connection of a turn to its first reading. */
const RAMP_SECONDS = 0.3;

/** The readings frame the window from the server's side, the load from the callers' side, both at the same instants. */
export function takeTurn(server: RunningServer, seconds: number, conditions: TurnConditions): Promise<Turn> {
  return underLoad(server, conditions, async (load, pass) => {
    await pass(RAMP_SECONDS);
    const before = await server.read();
    load.startWindow();
    await pass(seconds);
    const after = await server.read();
    const window = load.endWindow();
    if (window.answered === 0) throw new Error(`${server.name} answered nothing in ${seconds} s`);
    return turnOf(window, before, after);
  });
}

/** Lets the compiler of the server see the work before anything is measured. */
export function warm(server: RunningServer, seconds: number, conditions: TurnConditions): Promise<void> {
  return underLoad(server, conditions, (_load, pass) => pass(seconds));
}

async function underLoad<T>(
  server: RunningServer,
  { path = ROUNDS_PATH, signal, ...target }: TurnConditions,
  watch: (load: Load, pass: Pass) => Promise<T>,
): Promise<T> {
  const load = new Load({ url: server.address + path, ...target });
  try {
    return await watch(load, (seconds) =>
      Promise.race([delay(seconds * 1000, undefined, { signal }), load.failed, server.failed]),
    );
  } finally {
    await load.stop();
  }
}
