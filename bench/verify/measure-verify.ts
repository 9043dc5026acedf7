import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyTrail } from '../../src/verify/verify-trail.js';
import { median } from '../pairs.js';
import { writeTrail } from './write-trail.js';

export interface VerifyFigures {
  readonly turns: number;
  readonly bytesPerRecord: number;
  /** Records a second of CPU with so many of them in a block, turn by turn. */
  readonly perSecond: { readonly of64: readonly number[]; readonly of1: readonly number[] };
  /** The CPU over that of one SHA-256 over the same file, read in the same way, with 64 records in a block. */
  readonly timesHashing: number;
}

const RECORDS = 64_000;
const RECORDS_ALONE = 16_000;

/** An exported trail verified from a file, beside hashing the bytes of the file once, in turn and in this process. */
export async function measureVerify(turns: number, signal: AbortSignal): Promise<VerifyFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-verify-'));
  try {
    const [full, alone] = [join(folder, 'full.ndjson'), join(folder, 'alone.ndjson')];
    writeTrail(full, RECORDS, 64);
    writeTrail(alone, RECORDS_ALONE, 1);
    const [of64, of1, ratios]: [number[], number[], number[]] = [[], [], []];
    for (let turn = 0; turn <= turns; turn++) {
      signal.throwIfAborted();
      const hashed = await secondsOf(() => hashFile(full));
      const verified = await secondsOf(() => verifyFile(full));
      const verifiedAlone = await secondsOf(() => verifyFile(alone));
      // The first turn is for the compiler of the engine.
      if (turn === 0) continue;
      of64.push(RECORDS / verified);
      of1.push(RECORDS_ALONE / verifiedAlone);
      ratios.push(verified / hashed);
    }
    const bytesPerRecord = statSync(full).size / RECORDS;
    return { turns, bytesPerRecord, perSecond: { of64, of1 }, timesHashing: median(ratios) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** CPU of this process: others on the machine do not count. */
async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

async function verifyFile(path: string): Promise<void> {
  const demands = { keys: new Set<string>(), held: new Set<never>() };
  const result = await verifyTrail(bytesOf(path), demands, () => undefined);
  if ('why' in result) throw new Error(`the trail does not fit: ${result.record}: ${result.why}`);
}

async function hashFile(path: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of bytesOf(path)) hash.update(piece);
  hash.digest();
}

function bytesOf(path: string): AsyncIterable<Buffer> {
  return createReadStream(path);
}
