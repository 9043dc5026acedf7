import type { Part } from '../part.js';
import { median, verdictOn } from '../pairs.js';
import { measureVerify, type VerifyFigures } from './measure-verify.js';

const PER_SECOND_MIN = 50_000;

export const VERIFY: Part = {
  name: 'verify',
  measure: async (turns, _conditions, signal) => {
    const figures = await measureVerify(turns, signal);
    const says = 'records/s on one core';
    const verdict = verdictOn(
      'verify, 64 records a block',
      says,
      ['at least', PER_SECOND_MIN],
      figures.perSecond.of64,
    );
    return { figures, text: format(figures), verdicts: [verdict] };
  },
};

function format({ turns, bytesPerRecord, perSecond, timesHashing }: VerifyFigures): string {
  return [
    `verify, rounds of 20 bids, ${bytesPerRecord.toFixed(0)} bytes/record (turns: ${turns})`,
    `  64 records a block  ${median(perSecond.of64).toFixed(0)} records/s, ${timesHashing.toFixed(1)} times as long as one SHA-256 over the file`,
    `  1 record a block    ${median(perSecond.of1).toFixed(0)} records/s: a signature for each`,
    '',
  ].join('\n');
}
