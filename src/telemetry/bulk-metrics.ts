import { Counter, Gauge, type Registry } from 'prom-client';

export interface BulkMetrics {
  streamOpened(): void;
  lineAnswered(result: 'cleared' | 'refused'): void;
  /** `end` is whole, left, or the code of the line that ended the stream. */
  streamEnded(end: string): void;
}

/** Streams of rounds: how many are open, what became of their lines, and how they ended. */
export function bulkMetrics(registry: Registry): BulkMetrics {
  const registers = [registry];
  const streams = new Gauge({
    name: 'parley_bulk_streams',
    help: 'Streams of rounds that are open',
    registers,
  });
  const lines = new Counter({
    name: 'parley_bulk_lines_total',
    help: 'Lines of streams that were answered, by result',
    labelNames: ['result'] as const,
    registers,
  });
  const ended = new Counter({
    name: 'parley_bulk_streams_ended_total',
    help: 'Streams that ended: whole, left by their caller, or with the code of their last line',
    labelNames: ['end'] as const,
    registers,
  });
  return {
    streamOpened: () => {
      streams.inc();
    },
    lineAnswered: (result) => {
      lines.inc({ result });
    },
    streamEnded: (end) => {
      streams.dec();
      ended.inc({ end });
    },
  };
}
