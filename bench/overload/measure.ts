import { checkAnswers } from '../check-answers.js';
import { TIE_KEY_HEX } from '../clearing.js';
import { generateRounds } from '../generate-rounds.js';
import { launchServer, type RunningServer } from '../launch-server.js';
import { type Generator, launchGenerator } from './launch-generator.js';
import { cpuElsewhere, memoryIn, type MemoryUse } from './server-use.js';
import type { Offered } from './offered.js';
import { type Phase, phaseOf, recoverySeconds, successShares } from './phases.js';
import { type Load, LOADS, type OverloadConditions, type Plan, planFor } from './plan.js';
import { dueInstantsMs } from './schedule.js';
import { type ServerReading, watchServer } from './watch-server.js';

export interface LoadRow extends Phase, MemoryUse {
  readonly load: Load;
  /** Of one core. */
  readonly generatorCpu: number;
  /** Cores that others on the machine were using. */
  readonly othersCpu: number;
}

export interface OverloadFigures {
  /** Successes a second of each turn, callers without pause. */
  readonly peaksPerSecond: readonly number[];
  readonly peakPerSecond: number;
  readonly rows: readonly LoadRow[];
  /** Successes among what was offered, for each tenth of a second after the drop. */
  readonly sharesAfterDrop: readonly number[];
  readonly recoverySeconds: number;
}

/** Full, and small enough to be full from the start: what grows then is not the trail. */
const TRAIL_BYTES = 8 * 1_048_576;
const BIN_MS = 100;
const FULL_SHARE = 0.95;

/** Looks for the peak, then offers parts and multiples of it at a constant rate. One worker thread. */
export async function measureOverload(
  conditions: OverloadConditions,
  signal: AbortSignal,
): Promise<OverloadFigures> {
  const rounds = generateRounds(conditions.bids, conditions.bodies, conditions.seed);
  const server = await launchEngine();
  try {
    signal.throwIfAborted();
    await checkAnswers(server, rounds.bodies, rounds.answers);
    const figures = await underGenerator(server, conditions, signal);
    await checkAnswers(server, rounds.bodies, rounds.answers);
    return figures;
  } finally {
    await server.stop();
  }
}

async function underGenerator(
  server: RunningServer,
  conditions: OverloadConditions,
  signal: AbortSignal,
): Promise<OverloadFigures> {
  const { openCallers: callers, bids, bodies, seed } = conditions;
  const port = Number(new URL(server.address).port);
  const generator = await launchGenerator({ port, callers, bids, bodies, seed });
  try {
    return await Promise.race([offerLoads(server, generator, conditions), stopped(signal), server.failed]);
  } finally {
    generator.stop();
  }
}

async function offerLoads(
  server: RunningServer,
  generator: Generator,
  conditions: OverloadConditions,
): Promise<OverloadFigures> {
  const { closedCallers, peakTurns, seconds, warmSeconds } = conditions;
  await generator.findGoodput(closedCallers, warmSeconds);
  const peaksPerSecond: number[] = [];
  while (peaksPerSecond.length < peakTurns)
    peaksPerSecond.push(await generator.findGoodput(closedCallers, seconds));
  const peakPerSecond = peaksPerSecond.toSorted((a, b) => a - b)[Math.floor((peakTurns - 1) / 2)]!;
  const plan = planFor(peakPerSecond, conditions);
  const watch = watchServer(server);
  const offered = await generator.offer(plan.stretches);
  return { peaksPerSecond, peakPerSecond, ...figuresOf(plan, offered, await watch.end()) };
}

function figuresOf(plan: Plan, offered: Offered, readings: readonly ServerReading[]) {
  const due = dueInstantsMs(plan.stretches);
  const rows = LOADS.map((load): LoadRow => {
    const { span, stretch } = plan.phases.get(load)!;
    const generatorCpu = offered.cpuShares[stretch]!;
    return {
      load,
      generatorCpu,
      othersCpu: Math.max(0, cpuElsewhere(readings, offered.startedAtMs, span) - generatorCpu),
      ...phaseOf(offered, due, span),
      ...memoryIn(readings, offered.startedAtMs, span),
    };
  });
  const sharesAfterDrop = successShares(offered, due, plan.tail, BIN_MS);
  return { rows, sharesAfterDrop, recoverySeconds: recoverySeconds(sharesAfterDrop, BIN_MS, FULL_SHARE) };
}

function launchEngine(): Promise<RunningServer> {
  return launchServer({
    name: 'overload',
    script: 'src/cli/main.js',
    args: ['serve'],
    options: {
      PARLEY_PORT: '0',
      PARLEY_THREADS: '1',
      PARLEY_RETENTION: 'full',
      PARLEY_TRAIL_BYTES_MAX: String(TRAIL_BYTES),
      PARLEY_TIE_KEY: TIE_KEY_HEX,
    },
  });
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('the run was stopped'));
    });
  });
}
