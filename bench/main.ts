import { UsageError } from '../src/cli/terminal.js';
import { measureBulk } from './bulk/measure-bulk.js';
import { formatBulk, judgeBulk } from './bulk/report-bulk.js';
import { type BenchRequest, HELP, readCommandLine } from './command-line.js';
import type { Row } from './report/figures.js';
import { appendHistory, lookAround, type Surroundings } from './report/history.js';
import { judge } from './report/reaches.js';
import { measurePolicies } from './policies/measure-policies.js';
import { formatPolicies, judgePolicies } from './policies/report-policies.js';
import { runGroup } from './run-group.js';
import { groupTitle } from './scenarios.js';
import { formatGroup, formatVerdict } from './report/table.js';

const QUICK_NOTE = 'Quick: the turns are too short for the figures to be more than a look.\n';
const STATUS_USAGE = 2;
const STATUS_STOPPED = 130;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    stop.abort();
  });
}
process.exitCode = await main(process.argv.slice(2));

/** Answers the exit status. A failure of any server is not caught: the run ends with its message. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const surroundings = lookAround();
    const request = readCommandLine(args, surroundings.cores);
    if (request === undefined) process.stdout.write(HELP);
    else await measure(request, surroundings);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, STATUS_USAGE);
    if (stop.signal.aborted) return complain('Stopped; nothing is recorded.', STATUS_STOPPED);
    throw error;
  }
}

async function measure(request: BenchRequest, surroundings: Surroundings): Promise<void> {
  const { groups, conditions, keepsHistory, policyTurns, bulkTurns } = request;
  process.stdout.write(heading(request, surroundings));
  const rows: Row[] = [];
  for (const group of groups) {
    process.stderr.write(`${groupTitle(group)}: ${group.rows.length} servers, turns: ${group.turns}\n`);
    const measured = await runGroup(group, conditions, stop.signal);
    process.stdout.write(`\n${formatGroup(measured)}\n`);
    rows.push(...measured);
  }
  const policies =
    policyTurns === 0 ? undefined : await measurePolicies(policyTurns, conditions, stop.signal);
  if (policies !== undefined) process.stdout.write(`\n${formatPolicies(policies)}\n`);
  const bulk = bulkTurns === 0 ? undefined : await measureBulk(bulkTurns, conditions, stop.signal);
  if (bulk !== undefined) process.stdout.write(`\n${formatBulk(bulk)}\n`);
  const verdicts = [
    ...(rows.length === 0 ? [] : judge(rows)),
    ...(policies === undefined ? [] : judgePolicies(policies)),
    ...(bulk === undefined ? [] : judgeBulk(bulk)),
  ];
  process.stdout.write(`${verdicts.map(formatVerdict).join('\n')}\n`);
  if (keepsHistory) appendHistory({ ...surroundings, ...conditions, rows, policies, bulk, verdicts });
}

function heading(
  { conditions, isQuick }: BenchRequest,
  { node, cpu, cores, loadAverage, commit }: Surroundings,
): string {
  return (
    `Parley ${commit ?? 'outside a checkout'}, Node ${node}, ${cores} cores of ${cpu}, load average ${loadAverage.toFixed(2)}\n` +
    `${conditions.connections} connections without pause, turns of ${conditions.seconds} s, ` +
    `${conditions.bodies} different rounds of each size\n${isQuick ? QUICK_NOTE : ''}`
  );
}

function complain(message: string, status: number): number {
  process.stderr.write(`${message}\n`);
  return status;
}
