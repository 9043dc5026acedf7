import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Engine, startEngine } from '../../app.js';
import { type Config, readConfig } from '../../config/read-config.js';
import { clearLines, type LineStream, type Room } from '../../engine/bulk/clear-lines.js';
import { Pieces } from '../../engine/bulk/pieces.js';
import { Sink } from '../../engine/bulk/sink.js';
import type { RoundReply } from '../../engine/clear-rounds.js';
import { contentId, tieKeyOf } from '../repeatable.js';
import { type Terminal, UsageError } from '../terminal.js';
import { showProgress } from '../progress/progress.js';
import { shareOf } from '../progress/progress-line.js';

interface Input {
  readonly source: Readable;
  /** Undefined when nobody knows where it ends. */
  readonly bytesTotal: number | undefined;
}

const COUNT = new Intl.NumberFormat('en-US');
const STATUS_REFUSED = 1;
const STATUS_STOPPED = 130;

/** The window of a stream is all that one file holds: there are no others to share with. */
const ROOM_ENOUGH: Room = { take: () => Promise.resolve(), give: () => undefined, keep: () => undefined };

/**
 * Clears a file of rounds, one a line, on the worker threads of this process; answers go out in order as they are decided.
 * The same file gets the same answers every time. Status 1 when a line is refused.
 */
export async function clearBatch(terminal: Terminal): Promise<number> {
  const [path, ...rest] = terminal.args;
  if (path === undefined || rest.length > 0)
    throw new UsageError('Usage: parley clear --batch FILE, or - for standard input.');
  const config = readConfig(terminal.environment);
  const input = await openInput(path);
  const engine = await startEngine(unrecorded(config));
  try {
    return await clearInput(input, path, { terminal, engine });
  } finally {
    // An input that is still open, such as a terminal, would keep the process alive.
    input.source.destroy();
    await engine.close();
  }
}

/** As `parley clear` clears one round: nothing is recorded. */
function unrecorded(config: Config): Config {
  return { ...config, PARLEY_RETENTION: 'off', PARLEY_TIE_KEY: tieKeyOf(config) };
}

interface Surroundings {
  readonly terminal: Terminal;
  readonly engine: Engine;
}

async function clearInput(
  { source, bytesTotal }: Input,
  path: string,
  { terminal, engine }: Surroundings,
): Promise<number> {
  const startedMs = performance.now();
  const told = { rounds: 0, refused: 0 };
  const stream = lineStream(source, terminal, engine, told);
  const { pieces } = stream;
  const shown = showProgress(terminal, () => {
    const { rounds, refused } = told;
    return {
      share: shareOf(pieces.bytes, bytesTotal),
      bytes: pieces.bytes,
      count: rounds,
      unit: 'rounds',
      outcome: `${COUNT.format(rounds - refused)} cleared, ${COUNT.format(refused)} refused`,
      elapsedMs: performance.now() - startedMs,
    };
  });
  const forgetSignals = stopOnSignals(pieces);
  const nextLine = await clearLines(stream, engine.bulk);
  forgetSignals();
  shown.finish();
  if (pieces.fault !== undefined) throw new UsageError(`Cannot read ${path}: ${pieces.fault.message}`);
  if (nextLine !== undefined) return STATUS_STOPPED;
  return told.refused > 0 ? STATUS_REFUSED : 0;
}

function lineStream(
  source: Readable,
  { output }: Terminal,
  { config }: Engine,
  told: { rounds: number; refused: number },
): LineStream {
  return {
    pieces: new Pieces(source),
    sink: new Sink(output),
    room: ROOM_ENOUGH,
    lineBytesMax: config.PARLEY_BODY_BYTES_MAX,
    fallbackIdOf: contentId,
    progressed: () => undefined,
    tell: (line, reply) => {
      told.rounds++;
      if ('refusal' in reply) told.refused++;
      return tellLine(line, reply);
    },
  };
}

function tellLine(line: number, reply: RoundReply): string {
  if ('refusal' in reply) return `${JSON.stringify({ line, ...reply.refusal })}\n`;
  return `${reply.answer.toString('latin1')}\n`;
}

async function openInput(path: string): Promise<Input> {
  if (path === '-') return { source: process.stdin, bytesTotal: undefined };
  try {
    const file = await open(path);
    const status = await file.stat();
    return { source: file.createReadStream(), bytesTotal: status.isFile() ? status.size : undefined };
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

/** At the first signal no further line is taken; a second one does not wait for those that were. */
function stopOnSignals(pieces: Pieces): () => void {
  const stop = (): void => {
    if (pieces.isStopped) process.exit(STATUS_STOPPED);
    pieces.stop();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop);
  return () => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
  };
}
