import { createReadStream } from 'node:fs';
import { readConfig } from '../config/read-config.js';
import { roundLimits } from '../config/round-limits.js';
import { RoundClearer } from '../rounds/clear-round.js';
import { contentId, tieKeyOf } from './repeatable.js';
import { type Terminal, UsageError } from './terminal.js';

/**
 * Clears one round through the same room as the workers do, and prints the answer. The same file gets the same
 * answer every time. Status 1 when the round is refused.
 */
export async function clear(terminal: Terminal): Promise<number> {
  const [path, ...rest] = terminal.args;
  if (path === undefined || rest.length > 0)
    throw new UsageError('Usage: parley clear FILE, or - for standard input.');
  const config = readConfig(terminal.environment);
  const bytes = await readInput(path, config.PARLEY_BODY_BYTES_MAX);
  const clearer = new RoundClearer({
    limits: roundLimits(config),
    tieKey: tieKeyOf(config),
    retention: 'off',
  });
  const clearing = clearer.clear(bytes, { fallbackId: contentId(bytes), atMs: 0, waitedMs: 0 });
  if ('refusal' in clearing) {
    terminal.err(`${JSON.stringify(clearing.refusal)}\n`);
    return 1;
  }
  terminal.out(`${clearing.cleared.answer}\n`);
  return 0;
}

/** Reads no further than the limit: what comes from a pipe need not end. */
async function readInput(path: string, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > bytesMax) break;
    }
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
  if (length > bytesMax) throw new UsageError(`${path} is larger than ${bytesMax} bytes.`);
  return Buffer.concat(chunks);
}
