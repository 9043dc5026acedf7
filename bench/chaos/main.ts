import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/sim/random.js';
import { SCENARIOS } from './scenarios.js';
import { CANARIES, type Canary, type Scenario } from './trial.js';

const HELP = `Runs engines on a real Redis under faults, and compares the trail with what callers were told.

  npm run chaos                     every scenario
  npm run chaos -- --only NAME      one of: ${SCENARIOS.map(({ name }) => name).join(', ')}
  npm run chaos -- --seed N         the same moments and rounds again, as far as processes allow
  npm run chaos -- --seconds N      how long each is disturbed (default 15)
  npm run chaos -- --canary NAME    plants a fault that has to be found, so the run has to fail: ${CANARIES.join(', ')}

Every acknowledged round has to stand in the trail once, every retry to be answered with the same bytes, the trail to
verify, and nothing to stay pending.
`;

const SEEDS = 1_000_000;
const FLAGS = {
  help: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  seed: { type: 'string' },
  seconds: { type: 'string', default: '15' },
  canary: { type: 'string' },
} as const;

process.exitCode = await main(process.argv.slice(2));

/** Answers the exit status: 1 when a promise was broken. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: FLAGS });
  if (values.help) return said(HELP, 0);
  const scenarios = SCENARIOS.filter(({ name }) => values.only === '' || name === values.only);
  const canary = CANARIES.find((name) => name === values.canary);
  if (scenarios.length === 0) return said(`There is no scenario ${values.only}.\n`, 2);
  if (values.canary !== undefined && canary === undefined)
    return said(`There is no canary ${values.canary}.\n`, 2);
  const seed = values.seed === undefined ? Date.now() % SEEDS : Number(values.seed);
  let broken = 0;
  for (const scenario of scenarios) broken += await tryOut(scenario, seed, Number(values.seconds), canary);
  return broken === 0 ? 0 : 1;
}

async function tryOut(
  { name, sentence, run }: Scenario,
  seed: number,
  seconds: number,
  canary: Canary | undefined,
): Promise<number> {
  process.stdout.write(`${name}: ${sentence} (seed ${seed})\n`);
  const { faults, told } = await run({ seconds, random: seededRandom(seed), canary });
  process.stdout.write(`  ${told}\n${faults.map((fault) => `  BROKEN ${fault}\n`).join('')}`);
  return faults.length;
}

function said(text: string, status: number): number {
  (status === 0 ? process.stdout : process.stderr).write(text);
  return status;
}
