import type { LogCheck, Misfit } from '../../verify/log-check.js';
import type { CheckedReceipt } from '../../verify/verify-receipt.js';
import type { Totals } from '../../verify/verify-trail.js';

/** Records by how much of them was there to check. */
export interface FoundRecords {
  readonly records: number;
  readonly digests: number;
  readonly trimmed: number;
}

const COUNT = new Intl.NumberFormat('en-US');

const UNDETECTED = `What no trail can show by itself:
  records dropped from the end, unless you hold a later checkpoint: --checkpoint FILE
  whole logs left out, unless you hold a checkpoint of each
  a second history shown to others, unless somebody compares checkpoints
  whether what was recorded is true, or everything was recorded
`;

export function describeLog({ node, publicKey, blocks, records, digests, trimmed }: LogCheck): string {
  const parts = [
    counted(blocks, 'block'),
    counted(records, 'record'),
    ...(digests === 0 ? [] : [`${counted(digests, 'record')} by hash only`]),
    ...(trimmed.blocks === 0
      ? []
      : [
          `${counted(trimmed.blocks, 'block')} trimmed (of ${trimmed.first} to ${trimmed.last}), their headers only`,
        ]),
  ];
  return `${node}  ${parts.join(', ')}\n  key ${publicKey}\n`;
}

export function describeTrail(
  { logs, blocks, records, digests, trimmed }: Totals & FoundRecords,
  isPinned: boolean,
): string {
  const whole = `${counted(records, 'record')} in ${counted(blocks, 'block')} of ${counted(logs, 'log')}`;
  return [
    `It fits: ${whole}.`,
    ...(digests === 0 ? [] : [`Of ${counted(digests, 'more record')} only hashes are kept: they fit, too.`]),
    ...(trimmed === 0
      ? []
      : [
          `Of ${counted(trimmed, 'more record')} nothing is left but the headers of their blocks: those fit.`,
        ]),
    trustIn(isPinned, 'each log'),
    UNDETECTED,
  ].join('\n');
}

export function describeReceipt({ id, publicKey, checked }: CheckedReceipt, isPinned: boolean): string {
  const what = checked === undefined ? 'the record with this hash' : 'this record';
  return [
    `It fits: ${what} is ${id}, sealed in a block of the log that its node signed.`,
    `  key ${publicKey}`,
    trustIn(isPinned, 'the log'),
    'What the receipt says about other records of the round is not proven by it.',
    'What no receipt can show: that the log was not shown to others with another history, or that the record is true.\n',
  ].join('\n');
}

export function describeMisfit({ record, why }: Misfit): string {
  return `It does not fit. The first record that cannot be relied on is ${record}: ${why}.\n`;
}

function trustIn(isPinned: boolean, log: string): string {
  return isPinned
    ? `The key of ${log} is one that you gave.`
    : `The key of ${log} is the one that its own birth record names: give those you trust with --key or --keys.`;
}

function counted(count: number, noun: string): string {
  return `${COUNT.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}
