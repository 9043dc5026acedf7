import { UsageError } from '../../src/cli/terminal.js';
import { appendHistory, lookAround, type Surroundings } from '../report/history.js';
import { formatVerdict } from '../report/table.js';
import { HELP, type OverloadRequest, readOverloadRequest } from './command-line.js';
import { measureOverload } from './measure.js';
import { doubts, judgeOverload } from './reaches.js';
import { formatOverload } from './table.js';

const QUICK_NOTE = 'Quick: the phases are too short for the figures to be more than a look.\n';
const STATUS_USAGE = 2;
const STATUS_STOPPED = 130;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    stop.abort();
  });
}
process.exitCode = await main(process.argv.slice(2));

/** Answers the exit status. A failure of server or generator is not caught: the run ends with its message. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const request = readOverloadRequest(args);
    if (request === undefined) process.stdout.write(HELP);
    else await measure(request, lookAround());
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, STATUS_USAGE);
    if (stop.signal.aborted) return complain('Stopped; nothing is recorded.', STATUS_STOPPED);
    throw error;
  }
}

async function measure(request: OverloadRequest, surroundings: Surroundings): Promise<void> {
  process.stdout.write(heading(request, surroundings));
  const overload = await measureOverload(request.conditions, stop.signal);
  const verdicts = judgeOverload(overload);
  const lines = [formatOverload(overload), '', ...doubts(overload), ...verdicts.map(formatVerdict)];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  if (request.keepsHistory) appendHistory({ ...surroundings, ...request.conditions, overload, verdicts });
}

function heading(
  { conditions, isQuick }: OverloadRequest,
  { node, cpu, cores, loadAverage, commit }: Surroundings,
): string {
  const { bids, bodies, seconds, closedCallers, openCallers } = conditions;
  return (
    `Parley ${commit ?? 'outside a checkout'}, Node ${node}, ${cores} cores of ${cpu}, load average ${loadAverage.toFixed(2)}\n` +
    `one worker thread, ${bodies} different rounds of ${bids} bids; peak with ${closedCallers} callers without pause, ` +
    `then ${openCallers} connections at constant rates, phases of ${seconds} s\n${isQuick ? QUICK_NOTE : ''}`
  );
}

function complain(message: string, status: number): number {
  process.stderr.write(`${message}\n`);
  return status;
}
