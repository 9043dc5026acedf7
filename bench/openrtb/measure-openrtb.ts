import { checkAnswers } from '../check-answers.js';
import { generateRounds, type RoundSet } from '../generate-rounds.js';
import { TIE_KEY_HEX } from '../clearing.js';
import { launchServer, ROUNDS_PATH } from '../launch-server.js';
import { alternate, middleOfSide, ratiosOf } from '../pairs.js';
import type { Conditions } from '../run-group.js';
import { takeTurn, warm } from '../take-turn.js';
import { generateRequests } from './generate-requests.js';

export interface OpenRtbFigures {
  readonly turns: number;
  readonly bytes: { readonly round: number; readonly auction: number };
  readonly cpuMicros: { readonly round: number; readonly auction: number };
  /** CPU of a byte of an auction over that of a byte of a native round, turn by turn. */
  readonly cpuPerByteRatios: readonly number[];
}

const BIDS = 20;
const CLEAR_PATH = '/openrtb2/clear';

/** Auctions of 3 impressions and 20 bids beside native rounds of 20 bids, on one server with one worker, in turn. */
export async function measureOpenRtb(
  turns: number,
  conditions: Conditions,
  signal: AbortSignal,
): Promise<OpenRtbFigures> {
  const rounds = generateRounds(BIDS, conditions.bodies, conditions.seed);
  const auctions = generateRequests(conditions.bodies, conditions.seed);
  const load = ({ bodies }: RoundSet, path: string) => ({
    connections: conditions.connections,
    bodies,
    path,
    signal,
  });
  const native = load(rounds, ROUNDS_PATH);
  const openRtb = load(auctions, CLEAR_PATH);
  const server = await launchServer({
    name: 'openrtb',
    script: 'src/cli/main.js',
    args: ['serve'],
    options: { PARLEY_PORT: '0', PARLEY_THREADS: '1', PARLEY_TIE_KEY: TIE_KEY_HEX },
  });
  try {
    await checkAnswers(server, auctions.bodies, auctions.answers, CLEAR_PATH);
    for (const each of [native, openRtb]) await warm(server, conditions.warmSeconds, each);
    const pairs = await alternate(turns, [
      () => takeTurn(server, conditions.seconds, native),
      () => takeTurn(server, conditions.seconds, openRtb),
    ]);
    const bytes = { round: meanBytes(rounds), auction: meanBytes(auctions) };
    const perByte = bytes.round / bytes.auction;
    return {
      turns,
      bytes,
      cpuMicros: {
        round: middleOfSide(pairs, 0, 'cpuMicrosPerRound'),
        auction: middleOfSide(pairs, 1, 'cpuMicrosPerRound'),
      },
      cpuPerByteRatios: ratiosOf(pairs, 'cpuMicrosPerRound').map((ratio) => ratio * perByte),
    };
  } finally {
    await server.stop();
  }
}

function meanBytes({ bodies }: RoundSet): number {
  return Math.round(bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length);
}
