import type { Misfit } from '../../verify/log-check.js';
import { verifyReceipt } from '../../verify/verify-receipt.js';
import { verifyTrail } from '../../verify/verify-trail.js';
import { showProgress } from '../progress/progress.js';
import { type Terminal, UsageError } from '../terminal.js';
import { readVerifyArguments, type VerifyArguments } from './verify-arguments.js';
import { openInput, type VerifyInput } from './verify-input.js';
import { describeLog, describeMisfit, describeReceipt, describeTrail } from './verify-words.js';

const STATUS_MISFIT = 1;
const TRAIL_BEGINS = Buffer.from('{"format"');
const RECEIPT_BYTES_MAX = 16 * 1_048_576;

/** Checks an exported trail, or one receipt, with public keys alone. Status 1 when it does not fit. */
export async function verify(terminal: Terminal): Promise<number> {
  const asked = readVerifyArguments(terminal.args);
  const input = await openInput(terminal, asked);
  try {
    const pieces = input.pieces[Symbol.asyncIterator]();
    const beginning = await readAtLeast(TRAIL_BEGINS.length, pieces);
    // Whatever does not begin as a trail does is held to be a receipt, and told so when it is none.
    return beginning.subarray(0, TRAIL_BEGINS.length).equals(TRAIL_BEGINS)
      ? await verifyAll(terminal, asked, { ...input, pieces: following(beginning, pieces) })
      : verifyOne(terminal, asked, await readAtLeast(RECEIPT_BYTES_MAX, following(beginning, pieces)));
  } finally {
    await input.close();
  }
}

function verifyOne({ out }: Terminal, { demands }: VerifyArguments, bytes: Buffer): number {
  if (demands.held.size > 0)
    throw new UsageError('--checkpoint goes with a trail: a receipt says nothing of the blocks in between.');
  const checked = verifyReceipt(bytes.toString(), demands.keys) ?? NEITHER;
  out('why' in checked ? describeMisfit(checked) : describeReceipt(checked, demands.keys.size > 0));
  return 'why' in checked ? STATUS_MISFIT : 0;
}

const NEITHER: Misfit = { record: 'line 1', why: 'this is neither an exported trail nor a receipt' };

async function verifyAll(
  terminal: Terminal,
  { demands }: VerifyArguments,
  { pieces, read, share }: VerifyInput,
): Promise<number> {
  const startedMs = performance.now();
  const found = { records: 0, digests: 0, trimmed: 0 };
  const shown = showProgress(terminal, () => {
    const elapsedMs = performance.now() - startedMs;
    return { share: share(), bytes: read.bytes, count: read.lines, unit: 'lines', elapsedMs };
  });
  const result = await verifyTrail(pieces, demands, (log) => {
    found.records += log.records;
    found.digests += log.digests;
    found.trimmed += log.trimmed.records;
    terminal.out(describeLog(log));
  }).finally(shown.finish);
  const isPinned = demands.keys.size > 0;
  terminal.out('why' in result ? describeMisfit(result) : describeTrail({ ...result, ...found }, isPinned));
  return 'why' in result ? STATUS_MISFIT : 0;
}

/** What has come when there are so many bytes, or no more. */
async function readAtLeast(bytes: number, pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  let length = 0;
  while (length < bytes) {
    const next = await pieces.next();
    if (next.done === true) break;
    read.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(read);
}

async function* following(beginning: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield beginning;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
