import { parseArgs } from 'node:util';
import { UsageError } from '../src/cli/terminal.js';
import type { Part } from './part.js';
import { PARTS } from './parts.js';
import type { Conditions } from './run-group.js';
import { type Group, onlyMatching, planGroups } from './scenarios.js';

export interface BenchRequest {
  readonly groups: readonly Group[];
  readonly parts: readonly Part[];
  /** Of each part. */
  readonly partTurns: number;
  readonly conditions: Conditions;
  readonly keepsHistory: boolean;
  readonly isQuick: boolean;
}

export const HELP = `Measures the built engine against three baselines, all servers in turn within one run.

  npm run bench                    every scenario; about eleven minutes on two cores
  npm run bench -- --quick         the first scenario, one turn of a second: a look, not a measurement
  npm run bench -- --only TEXT     rows whose name holds TEXT, such as "20 bids, 1 thread" or "full",
                                   and the two baselines that ratios need; or one of the parts: ${PARTS.map(({ name }) => name).join(', ')}
  npm run bench -- --turns N       measured turns of each server (default 5 for 20 and 100 bids on one
                                   thread, else 3)
  npm run bench -- --seconds N     length of a turn (default 4)
  npm run bench -- --no-history    adds no line to bench/history.ndjson

Servers of a table:
  bare route         Fastify parses the JSON and answers a constant of the same size
  main thread        the engine's clearing inside a Fastify route, no worker threads
  task per request   one piscina.run(object) for each request
  off, digest, full  the engine; the name is what its trail keeps

Then the parts:
  policies           ten rules on bids in process beside the same rules written by hand, a round of 20 bids
                     under a ten-rule policy and a profile beside the same round without, and the 99th
                     percentile while a version is published every 100 ms beside quiet turns
  openrtb            an OpenRTB auction of 3 impressions and 20 bids beside a native round of 20 bids
  bulk               the same rounds of 20 bids as single posts and down one stream
  ledger             full retention on the embedded ledger beside a Redis on the same cores, which has to be installed
  retries            rounds of 20 bids with a fresh Idempotency-Key each beside the same rounds without, on both ledgers
  verify             an exported trail verified from a file, beside one SHA-256 over the same file

CPU is that of the whole server process. Busy shares are event loop utilization: "main" of the server's
main thread, "load" of the runner, near 1.00 when the load and not the server is the limit.
`;

const FLAGS = {
  help: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  'no-history': { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  turns: { type: 'string' },
  seconds: { type: 'string' },
} as const;

const PART_TURNS = 5;

const CONDITIONS: Conditions = { connections: 64, seconds: 4, warmSeconds: 1.5, bodies: 64, seed: 20_260 };

/** What the command line asks for; undefined when it asks for help. @throws UsageError */
export function readCommandLine(args: readonly string[], cores: number): BenchRequest | undefined {
  const flags = parseFlags(args);
  if (flags.help) return undefined;
  const matching = onlyMatching(planGroups(cores), flags.only);
  const parts = flags.quick ? [] : PARTS.filter(({ name }) => name.includes(flags.only));
  if (matching.length === 0 && parts.length === 0)
    throw new UsageError(`No row has a name with "${flags.only}" in it.`);
  const turns = positive(flags.turns, '--turns') ?? (flags.quick ? 1 : undefined);
  const seconds = positive(flags.seconds, '--seconds') ?? (flags.quick ? 1 : CONDITIONS.seconds);
  const groups = flags.quick ? matching.slice(0, 1) : matching;
  return {
    groups: turns === undefined ? groups : groups.map((group) => ({ ...group, turns })),
    parts,
    partTurns: turns ?? PART_TURNS,
    conditions: { ...CONDITIONS, seconds, warmSeconds: flags.quick ? 0.3 : CONDITIONS.warmSeconds },
    keepsHistory: !flags['no-history'],
    isQuick: flags.quick,
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee npm run bench -- --help`);
  }
}

function positive(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value > 0) return value;
  throw new UsageError(`${flag} must be a whole number from 1 to 9999.`);
}
