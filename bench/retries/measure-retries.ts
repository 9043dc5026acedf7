import { TIE_KEY_HEX } from '../clearing.js';
import { generateRounds } from '../generate-rounds.js';
import { launchServer } from '../launch-server.js';
import { alternate, middleOfSide, ratiosOf } from '../pairs.js';
import type { Conditions } from '../run-group.js';
import { takeTurn, type TurnConditions, warm } from '../take-turn.js';

export interface RetriesFigures {
  readonly turns: number;
  readonly cpuMicros: { readonly unkeyed: number; readonly keyed: number };
  /** CPU of a round with a key over that of one without, turn by turn. */
  readonly cpuRatios: readonly number[];
}

const BIDS = 20;
/** Every key of a run and its answer: none may be refused. */
const ROOM_BYTES = String(4 * 1_073_741_824);

/** Rounds that come with a fresh key each beside the same rounds without, on one server with one worker, in turn. */
export async function measureRetries(
  turns: number,
  conditions: Conditions,
  signal: AbortSignal,
  ledger: Readonly<Record<string, string>> = {},
): Promise<RetriesFigures> {
  const { bodies } = generateRounds(BIDS, conditions.bodies, conditions.seed);
  const unkeyed: TurnConditions = { connections: conditions.connections, bodies, signal };
  const keyed = { ...unkeyed, headers: freshKeys() };
  const server = await launchServer({
    name: 'retries',
    script: 'src/cli/main.js',
    args: ['serve'],
    options: {
      PARLEY_PORT: '0',
      PARLEY_THREADS: '1',
      PARLEY_TIE_KEY: TIE_KEY_HEX,
      PARLEY_IDEMPOTENCY_BYTES_MAX: ROOM_BYTES,
      ...ledger,
    },
  });
  try {
    for (const each of [unkeyed, keyed]) await warm(server, conditions.warmSeconds, each);
    const pairs = await alternate(turns, [
      () => takeTurn(server, conditions.seconds, unkeyed),
      () => takeTurn(server, conditions.seconds, keyed),
    ]);
    return {
      turns,
      cpuMicros: {
        unkeyed: middleOfSide(pairs, 0, 'cpuMicrosPerRound'),
        keyed: middleOfSide(pairs, 1, 'cpuMicrosPerRound'),
      },
      cpuRatios: ratiosOf(pairs, 'cpuMicrosPerRound'),
    };
  } finally {
    await server.stop();
  }
}

function freshKeys(): () => Readonly<Record<string, string>> {
  let keys = 0;
  return () => ({ 'idempotency-key': `benchmark-key-${String(keys++).padStart(10, '0')}` });
}
