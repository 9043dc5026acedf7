import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../src/app.js';
import { readConfig } from '../../src/config/read-config.js';
import { brokenPromises } from './broken-promises.js';
import { type CallerPlan, Callers } from './callers.js';
import { EngineNode } from './nodes.js';
import { Promises } from './promises.js';
import { settle } from './settle.js';
import { trailRecords } from './trail-records.js';
import type { Outcome, Trial } from './trial.js';

/** Two engines on one ledger, with callers at both. */
export interface World {
  readonly nodes: readonly EngineNode[];
  readonly promises: Promises;
}

export interface Setting {
  /** REDIS_URL of the engines. */
  readonly url: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly plan?: CallerPlan;
}

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const NODES = 2;
const PLAN: CallerPlan = { callers: 12, keyedPercent: 60, twicePercent: 20, triesMs: 20_000 };
/** More would only repeat what the first ones say. */
const FAULTS_TOLD_MAX = 10;

/** Disturbs engines and ledger under load, lets everything settle, and compares the trail with what callers were told. */
export async function underLoad(
  { random }: Trial,
  { url, environment = {}, plan = PLAN }: Setting,
  disturb: (world: World) => Promise<void>,
): Promise<Outcome> {
  const engineEnvironment = { ...environment, REDIS_URL: url };
  const nodes = await Promise.all(Array.from({ length: NODES }, () => EngineNode.start(engineEnvironment)));
  const promises = new Promises();
  try {
    const addresses = nodes.map(({ address }) => address);
    const callers = new Callers({ name: `r${random.below(1e6)}`, addresses, random, promises }, plan);
    await disturb({ nodes, promises }).finally(() => callers.stop());
    await Promise.all(nodes.map((node) => node.ready()));
    const pending = await settle(promises, nodes);
    return await compared(promises, url, pending);
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
  }
}

async function compared(promises: Promises, url: string, pending: readonly string[]): Promise<Outcome> {
  const ledger = await openLedger(readConfig({ REDIS_URL: url }));
  if (ledger === undefined) throw new Error('the ledger of the engines cannot be opened');
  try {
    const broken = await brokenPromises(promises, trailRecords(ledger));
    const faults = [...pending, ...broken, ...(await verified(url))];
    return { faults: faults.slice(0, FAULTS_TOLD_MAX), told: telling(promises, faults.length) };
  } finally {
    await ledger.close();
  }
}

/** Runs the verifier of the trail as an auditor would. */
async function verified(url: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [MAIN, 'verify'], { env: { ...process.env, REDIS_URL: url } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child, 'close');
  return child.exitCode === 0 ? [] : [`the trail does not verify: ${said.trim()}`];
}

function telling(promises: Promises, faults: number): string {
  const { posted, keyed, acknowledged, refusals } = promises;
  const refused = [...refusals].map(([code, count]) => `${code} ${count}`).join(', ');
  return (
    `${posted.length} rounds sent, ${keyed.length} with a key, ${acknowledged.length} acknowledged; ` +
    `refused: ${refused === '' ? 'none' : refused}; ${faults} faults`
  );
}
