import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../../verify/checkpoint.js';
import type { Demands } from '../../verify/log-check.js';
import { UsageError } from '../terminal.js';

export interface VerifyArguments {
  /** Undefined: the trail is read from `from`, or from the ledger that REDIS_URL names. */
  readonly path: string | undefined;
  readonly from: string | undefined;
  readonly demands: Demands;
}

const USAGE =
  'Usage: parley verify FILE|- or parley verify --from URL, with [--key HEX] [--keys FILE] [--checkpoint FILE], each as often as needed.';
const FLAGS = {
  from: { type: 'string' },
  key: { type: 'string', multiple: true, default: [] as string[] },
  keys: { type: 'string', multiple: true, default: [] as string[] },
  checkpoint: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** @throws UsageError */
export function readVerifyArguments(args: readonly string[]): VerifyArguments {
  const { values, positionals } = parse(args);
  const [path, ...rest] = positionals;
  if (rest.length > 0 || (path !== undefined && values.from !== undefined)) throw new UsageError(USAGE);
  const keys = [...values.key, ...values.keys.flatMap(keysIn)];
  const wrong = keys.find((key) => !/^[0-9a-f]{64}$/i.test(key));
  if (wrong !== undefined) throw new UsageError(`A public key is 64 hex digits, and "${wrong}" is not.`);
  if (values.keys.length > 0 && keys.length === 0) throw new UsageError('The files of keys have no key.');
  const demands = {
    keys: new Set(keys.map((key) => key.toLowerCase())),
    held: new Set(values.checkpoint.map(checkpointIn)),
  };
  return { path, from: values.from, demands };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}

/** One key a line; blank lines and those that begin with # say nothing. */
function keysIn(path: string): string[] {
  const lines = readText(path).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

function checkpointIn(path: string) {
  const checkpoint = readCheckpoint(readText(path));
  if (checkpoint === undefined) throw new UsageError(`${path} is no checkpoint of a log of Parley.`);
  return checkpoint;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}
