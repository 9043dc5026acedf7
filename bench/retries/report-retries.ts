import { verdictOn } from '../pairs.js';
import type { Part } from '../part.js';
import { RedisProcess } from '../redis/redis-process.js';
import { measureRetries, type RetriesFigures } from './measure-retries.js';

const CPU_MAX = 1.3;

export const RETRIES: Part = {
  name: 'retries',
  measure: async (turns, conditions, signal) => {
    const embedded = await measureRetries(turns, conditions, signal);
    const redis = await RedisProcess.start({ fsync: 'everysec' });
    try {
      const shared = await measureRetries(turns, conditions, signal, { REDIS_URL: redis.url });
      const rows = [...rowsOf('embedded', embedded), ...rowsOf('Redis, ack, everysec', shared)];
      const text = [`retries, 20 bids, 1 thread (turns: ${turns})`, ...rows, ''].join('\n');
      const verdicts = [verdictFor('embedded', embedded), verdictFor('Redis', shared)];
      return { figures: { embedded, redis: shared }, text, verdicts };
    } finally {
      await redis.stop();
    }
  },
};

function rowsOf(ledger: string, { cpuMicros: { unkeyed, keyed } }: RetriesFigures): readonly string[] {
  return [
    `  ${ledger.padEnd(22)} without a key    ${unkeyed.toFixed(0).padStart(4)} CPU µs/round`,
    `  ${' '.repeat(22)} with a fresh key ${keyed.toFixed(0).padStart(4)} CPU µs/round`,
  ];
}

function verdictFor(ledger: string, { cpuRatios }: RetriesFigures) {
  const says = 'times the CPU of a round without a key';
  return verdictOn(`retries, 20 bids, ${ledger}`, says, ['at most', CPU_MAX], cpuRatios);
}
