import { type Logger, pino } from 'pino';
import type { Journal, Notices } from '../engine/ports.js';

/** One JSON line per event on standard error; standard output belongs to commands. */
export function createLogger(level: string): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: false }));
}

/** Faults of the engine, and what its operator should know, written to the log. */
export function logJournal(logger: Logger): Journal & Notices {
  return {
    fault: (message, cause) => {
      logger.error({ err: cause }, message);
    },
    notice: (message) => {
      logger.warn(message);
    },
  };
}
