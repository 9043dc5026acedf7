import { parseArgs } from 'node:util';
import { UsageError } from '../../src/cli/terminal.js';
import type { OverloadConditions } from './plan.js';

export interface OverloadRequest {
  readonly conditions: OverloadConditions;
  readonly keepsHistory: boolean;
  readonly isQuick: boolean;
}

export const HELP = `Measures the built engine when it is offered more than it can do. One worker thread.

  npm run bench:overload                   about a minute
  npm run bench:overload -- --quick        short phases: a look, not a measurement
  npm run bench:overload -- --seconds N    length of a phase (default 8)
  npm run bench:overload -- --bids N       bids of a round (default 100)
  npm run bench:overload -- --no-history   adds no line to bench/history.ndjson

First callers without pause look for the peak: the most rounds a second that are answered with 200. Then 0.7, 1 and
2 times the peak are offered at a constant rate, and 0.7 times again. A request is sent when it is due, whatever
became of those before it, and its time counts from the instant it was due. A request that could not be sent within
10 ms of that instant was not offered: "offered" leaves it out.

Server and generator are processes of their own and share the machine. "Generator CPU" is in cores: near 1.00 the
generator is the limit; "others CPU" is what the rest of the machine used. RSS is the memory of the server in the first and last quarter of a phase, and its maximum.
`;

const FLAGS = {
  help: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  'no-history': { type: 'boolean', default: false },
  seconds: { type: 'string' },
  bids: { type: 'string' },
} as const;

const CONDITIONS: OverloadConditions = {
  bids: 100,
  bodies: 64,
  seed: 20_260,
  closedCallers: 64,
  openCallers: 1024,
  peakTurns: 3,
  seconds: 8,
  warmSeconds: 2,
  tailSeconds: 4,
};
const QUICK = { peakTurns: 1, seconds: 2, warmSeconds: 1, tailSeconds: 2 };

/** What the command line asks for; undefined when it asks for help. @throws UsageError */
export function readOverloadRequest(args: readonly string[]): OverloadRequest | undefined {
  const flags = parseFlags(args);
  if (flags.help) return undefined;
  const conditions = { ...CONDITIONS, ...(flags.quick ? QUICK : {}) };
  const seconds = positive(flags.seconds, '--seconds') ?? conditions.seconds;
  const bids = positive(flags.bids, '--bids') ?? conditions.bids;
  return {
    conditions: { ...conditions, seconds, bids },
    keepsHistory: !flags['no-history'],
    isQuick: flags.quick,
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nSee npm run bench:overload -- --help`);
  }
}

function positive(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,3}$/.test(text) && value > 0) return value;
  throw new UsageError(`${flag} must be a whole number from 1 to 999.`);
}
