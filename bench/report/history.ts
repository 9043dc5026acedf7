import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';

/** Where and when a run took place: figures of two runs mean little to each other without it. */
export interface Surroundings {
  readonly date: string;
  /** Undefined outside a git checkout. */
  readonly commit: string | undefined;
  /** Whether sources differed from the commit. */
  readonly modified: boolean | undefined;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Processes that wanted the machine before the run began, over the last minute. */
  readonly loadAverage: number;
}

/** Seen from the build, dist/<fingerprint>/bench/report/. */
const HISTORY = new URL('../../../../bench/history.ndjson', import.meta.url);
const PROJECT = new URL('../../../../', import.meta.url);
const SIGNIFICANT_DIGITS = 4;

export function lookAround(): Surroundings {
  const changes = git('status', '--porcelain', '--', ':!bench/history.ndjson');
  return {
    date: new Date().toISOString(),
    commit: git('rev-parse', '--short=12', 'HEAD'),
    modified: changes === undefined ? undefined : changes !== '',
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    loadAverage: loadavg()[0]!,
  };
}

/** One line for each run; the file is kept in git, so that a change of speed has a date. */
export function appendHistory(run: object): void {
  appendFileSync(HISTORY, `${JSON.stringify(run, rounded)}\n`);
}

function rounded(_name: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: PROJECT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // No git, or no checkout: the run is still worth its line.
    return undefined;
  }
}
