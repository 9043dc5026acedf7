import { type Engine, startEngine } from '../../app.js';
import { VERSION } from '../../base/version.js';
import { type Config, readConfig } from '../../config/read-config.js';
import { type MarketRound, marketRounds } from '../../sim/market.js';
import { SEATS } from '../../sim/seats.js';
import { clearRounds } from './clearing.js';
import { oneOfEachFormat } from './highlights.js';
import { showProgress } from './progress.js';
import { summaryLines } from './summary.js';
import { tally } from './tally.js';
import { tellRound } from './telling.js';
import { checkTrail } from './trail.js';
import { tellUnderRules } from './under-rules.js';
import { count, plural } from './words.js';
import { type Terminal, UsageError } from '../terminal.js';

const SEED = 2026;
const OPENING_ROUNDS = 200;
const BURST_ROUNDS = 5800;
/** Known to everybody, so that ties end alike in every run. A deployment keeps its own secret. */
const DEMO_TIE_KEY = new Uint8Array(Buffer.from('demo'.repeat(8)));
/** Nobody waits for a single round here: a slow machine makes the demo slow, and refuses none of it. */
const WAIT_MS_MAX = 600_000;

/** Clears a seeded stream of rounds with the real engine and tells what became of the bids. */
export async function demo(terminal: Terminal): Promise<number> {
  if (terminal.args.length > 0) throw new UsageError('Usage: parley demo');
  const engine = await startEngine(demoConfig(readConfig(terminal.environment)));
  try {
    return await play(terminal, engine);
  } finally {
    await engine.close();
  }
}

function demoConfig(config: Config): Config {
  return {
    ...config,
    PARLEY_TIE_KEY: config.PARLEY_TIE_KEY ?? DEMO_TIE_KEY,
    PARLEY_QUEUE_MS_MAX: WAIT_MS_MAX,
  };
}

async function play(terminal: Terminal, engine: Engine): Promise<number> {
  const say = (lines: readonly string[]): void => {
    terminal.out(`${lines.join('\n')}\n`);
  };
  const market = marketRounds(SEED);
  say(introduction(engine));
  const opening = await clearRounds(engine, take(market, OPENING_ROUNDS));
  for (const round of oneOfEachFormat(opening.rounds)) say(['', ...tellRound(round)]);
  say(['', ...(await tellUnderRules(engine))]);
  say([
    '',
    `Those three are not in the totals. Now ${count(BURST_ROUNDS)} more of the market, at full speed.`,
  ]);
  const burst = await clearRounds(engine, take(market, BURST_ROUNDS), showProgress(terminal, BURST_ROUNDS));
  const trail = await checkTrail(engine);
  const totals = tally([...opening.rounds, ...burst.rounds]);
  say(['', ...summaryLines(totals, { rounds: BURST_ROUNDS, elapsedMs: burst.elapsedMs }, engine, trail)]);
  return trail?.isSigned === false ? 1 : 0;
}

function introduction({ node, threads }: Engine): readonly string[] {
  return [
    `Parley ${VERSION}, node ${node}, ${plural(threads, 'worker thread')}.`,
    'A simulated market: publishers put up lots, five seats bid, the engine decides. Amounts are in USD.',
    `  ${SEATS.map(({ name, strategy }) => `${name} (${strategy})`).join(', ')}`,
  ];
}

function take(market: Iterator<MarketRound, never>, length: number): readonly MarketRound[] {
  return Array.from({ length }, () => market.next().value);
}
