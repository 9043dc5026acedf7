import type { Part } from '../part.js';
import { verdictOn } from '../pairs.js';
import { measureOpenRtb, type OpenRtbFigures } from './measure-openrtb.js';

const CPU_PER_BYTE_MAX = 1.3;

export const OPENRTB: Part = {
  name: 'openrtb',
  measure: async (turns, conditions, signal) => {
    const figures = await measureOpenRtb(turns, conditions, signal);
    const says = 'times the CPU per byte of a native round';
    const { cpuPerByteRatios } = figures;
    const verdicts = [
      verdictOn('openrtb, 3 impressions, 20 bids', says, ['at most', CPU_PER_BYTE_MAX], cpuPerByteRatios),
    ];
    return { figures, text: format(figures), verdicts };
  },
};

function format({ turns, bytes, cpuMicros }: OpenRtbFigures): string {
  const row = (name: string, size: number, cpu: number) =>
    `  ${name.padEnd(28)} ${size} bytes, ${cpu.toFixed(0)} CPU µs, ${((cpu / size) * 1000).toFixed(1)} CPU ns/byte`;
  return [
    `openrtb (turns: ${turns})`,
    row('native round, 20 bids', bytes.round, cpuMicros.round),
    row('3 impressions, 20 bids', bytes.auction, cpuMicros.auction),
    '',
  ].join('\n');
}
