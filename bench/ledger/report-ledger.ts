import { middleOfSide, ratiosOf, verdictOn } from '../pairs.js';
import type { Part } from '../part.js';
import { BIDS, FSYNC, measureLedger } from './measure-ledger.js';

const RATE_MIN = 0.65;

export const LEDGER: Part = {
  name: 'ledger',
  measure: async (turns, conditions, signal) => {
    const pairs = await measureLedger(turns, conditions, signal);
    const row = (side: 0 | 1): string => {
      const rate = middleOfSide(pairs, side, 'roundsPerSecond').toFixed(0).padStart(6);
      const p99 = middleOfSide(pairs, side, 'p99Ms').toFixed(1).padStart(6);
      const cpu = middleOfSide(pairs, side, 'cpuMicrosPerRound').toFixed(0).padStart(4);
      return `${rate} rounds/s, p99 ${p99} ms, ${cpu} CPU µs/round`;
    };
    const text = [
      `ledger, ${BIDS} bids, 1 thread, full retention (turns: ${turns})`,
      `  embedded             ${row(0)}`,
      `  Redis, ack, ${FSYNC} ${row(1)}`,
      '',
    ].join('\n');
    const ratios = ratiosOf(pairs, 'roundsPerSecond');
    const says = 'times the rounds/s of the embedded ledger';
    const name = `ledger, Redis on the same cores, fsync ${FSYNC}`;
    return { figures: { pairs }, text, verdicts: [verdictOn(name, says, ['at least', RATE_MIN], ratios)] };
  },
};
