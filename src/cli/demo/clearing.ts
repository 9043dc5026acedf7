import type { Engine } from '../../app.js';
import { invariant } from '../../base/assert.js';
import type { LossReason } from '../../base/loss-reasons.js';
import type { RoundReply } from '../../engine/round-reply.js';
import type { RoundAnswer } from '../../schema/answer.js';
import type { MarketRound } from '../../sim/market.js';
import { UsageError } from '../terminal.js';

export interface DecidedRound extends MarketRound {
  readonly answer: Answer;
}

/** The answer as the engine of this process gives it: its reasons are those of the catalogue. */
export interface Answer extends Omit<RoundAnswer, 'losses'> {
  readonly losses: readonly Loss[];
}

export type Award = RoundAnswer['awards'][number];
export type Loss = RoundAnswer['losses'][number] & { readonly reason: LossReason };

export interface Run {
  readonly rounds: readonly DecidedRound[];
  /** From the first round handed over to the last answer; making and reading the texts is not in it. */
  readonly elapsedMs: number;
}

/** Clears all rounds, a wave at a time, and keeps every worker busy meanwhile. */
export async function clearRounds(
  engine: Engine,
  rounds: readonly MarketRound[],
  onProgress: (done: number) => void = () => undefined,
): Promise<Run> {
  const bodies = rounds.map(({ request }) => Buffer.from(JSON.stringify(request)));
  const startedMs = performance.now();
  const replies = await clearInWaves(engine, bodies, onProgress);
  const elapsedMs = performance.now() - startedMs;
  return { elapsedMs, rounds: rounds.map((round, at) => ({ ...round, answer: readAnswer(replies[at]!) })) };
}

async function clearInWaves(
  engine: Engine,
  bodies: readonly Buffer[],
  onProgress: (done: number) => void,
): Promise<readonly RoundReply[]> {
  const { lanes, waveRounds } = paceOf(engine);
  const replies: RoundReply[] = [];
  let next = 0;
  let done = 0;
  const runLane = async (): Promise<void> => {
    while (next < bodies.length) {
      const first = next;
      next += waveRounds;
      const wave = await Promise.all(bodies.slice(first, next).map((body) => clearOne(engine, body)));
      for (const [index, reply] of wave.entries()) replies[first + index] = reply;
      onProgress((done += wave.length));
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return replies;
}

/** One lane for each worker and one that waits for the next that comes free; together they fit the queue. */
function paceOf({ threads, config }: Engine): { readonly lanes: number; readonly waveRounds: number } {
  const lanes = Math.min(threads + 1, config.PARLEY_QUEUE_MAX);
  const room = Math.floor(config.PARLEY_QUEUE_MAX / lanes);
  return { lanes, waveRounds: Math.min(config.PARLEY_BATCH_ROUNDS_MAX, room) };
}

function clearOne(engine: Engine, body: Buffer): Promise<RoundReply> {
  const pending = engine.clearRound(body);
  invariant(pending !== undefined, 'the waves of the demo fit the queue');
  return pending;
}

function readAnswer(reply: RoundReply): Answer {
  if ('answer' in reply) return JSON.parse(reply.answer.toString()) as Answer;
  const { code, message } = reply.refusal;
  throw new UsageError(`The engine refused a round of the demo: ${code}. ${message}`);
}
