import { median, verdictOn } from '../pairs.js';
import type { Part } from '../part.js';
import { type BulkTurn, measureBulk } from './measure-bulk.js';

const RATE_MIN = 1.5;

export const BULK: Part = {
  name: 'bulk',
  measure: async (turns, conditions, signal) => {
    const figures = await measureBulk(turns, conditions, signal);
    const { single, stream } = figures;
    // Turn by turn, so that what slows the machine for a while slows both sides.
    const ratios = stream.map((turn, at) => turn.roundsPerSecond / single[at]!.roundsPerSecond);
    const text = [
      `bulk, 20 bids, 1 thread (turns: ${turns})`,
      `  single posts ${format(single)}`,
      `  one stream   ${format(stream)}`,
      '',
    ].join('\n');
    const says = 'times the rounds/s of single posts';
    return { figures, text, verdicts: [verdictOn('bulk, 20 bids', says, ['at least', RATE_MIN], ratios)] };
  },
};

function format(turns: readonly BulkTurn[]): string {
  const middle = (figure: keyof BulkTurn) => median(turns.map((turn) => turn[figure]));
  const rate = middle('roundsPerSecond').toFixed(0).padStart(6);
  const cpu = middle('cpuMicrosPerRound').toFixed(0).padStart(4);
  return `${rate} rounds/s ${cpu} CPU µs/round, main busy ${middle('mainBusy').toFixed(2)}`;
}
