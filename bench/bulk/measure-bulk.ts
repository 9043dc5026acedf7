import { setTimeout as delay } from 'node:timers/promises';
import { TIE_KEY_HEX } from '../clearing.js';
import { generateRounds } from '../generate-rounds.js';
import { launchServer, type RunningServer } from '../launch-server.js';
import type { Conditions } from '../run-group.js';
import { takeTurn, warm } from '../take-turn.js';
import { checkStream, StreamLoad } from './drive-stream.js';

/** What one turn gave. */
export interface BulkTurn {
  readonly roundsPerSecond: number;
  readonly cpuMicrosPerRound: number;
  readonly mainBusy: number;
}

/** Turns of single posts and of one stream, one after the other on one server. */
export interface BulkFigures {
  readonly single: readonly BulkTurn[];
  readonly stream: readonly BulkTurn[];
}

const BIDS = 20;
/** From the first line of a turn to its first reading. */
const RAMP_MS = 300;

/** The same rounds as single posts over many connections, and down one stream. */
export async function measureBulk(
  turns: number,
  conditions: Conditions,
  signal: AbortSignal,
): Promise<BulkFigures> {
  const { bodies, answers } = generateRounds(BIDS, conditions.bodies, conditions.seed);
  const posts = { connections: conditions.connections, bodies, signal };
  const server = await launchBulkServer();
  try {
    await checkStream(server.address, bodies, answers);
    await warm(server, conditions.warmSeconds, posts);
    await takeStreamTurn(server, conditions.warmSeconds, posts);
    const figures: { single: BulkTurn[]; stream: BulkTurn[] } = { single: [], stream: [] };
    for (let turn = 0; turn < turns; turn++) {
      figures.single.push(await takeTurn(server, conditions.seconds, posts));
      figures.stream.push(await takeStreamTurn(server, conditions.seconds, posts));
    }
    return figures;
  } finally {
    await server.stop();
  }
}

function launchBulkServer(): Promise<RunningServer> {
  const options = { PARLEY_PORT: '0', PARLEY_THREADS: '1', PARLEY_TIE_KEY: TIE_KEY_HEX };
  return launchServer({ name: 'bulk', script: 'src/cli/main.js', args: ['serve'], options });
}

async function takeStreamTurn(
  server: RunningServer,
  seconds: number,
  { bodies, signal }: { readonly bodies: readonly Buffer[]; readonly signal: AbortSignal },
): Promise<BulkTurn> {
  const load = new StreamLoad(server.address, bodies);
  const pass = (ms: number) => Promise.race([delay(ms, undefined, { signal }), load.failed, server.failed]);
  try {
    await pass(RAMP_MS);
    const before = await server.read();
    const [answeredBefore, startedMs] = [load.answered, performance.now()];
    await pass(seconds * 1000);
    const after = await server.read();
    const answered = load.answered - answeredBefore;
    if (answered === 0) throw new Error(`the stream answered nothing in ${seconds} s`);
    const activeMs = after.activeMs - before.activeMs;
    return {
      roundsPerSecond: (1000 * answered) / (performance.now() - startedMs),
      cpuMicrosPerRound: (after.cpuMicros - before.cpuMicros) / answered,
      mainBusy: activeMs / (activeMs + after.idleMs - before.idleMs),
    };
  } finally {
    await load.stop();
  }
}
