import { type Appended, type BlockAddress, type Entry, type NodeLog, UNKNOWN } from './node-log.js';
import type { Journal, Meter } from './ports.js';

/** What the story of rounds needs of a log. */
export type RoundLog = Pick<NodeLog, 'isAvailable' | 'append'>;

export interface UnawaitedPorts {
  readonly log: NodeLog;
  readonly meter: Pick<Meter, 'batchFailed'>;
  readonly journal: Journal;
}

/**
 * A log whose callers hear where their block will stand as soon as it is sealed, before the ledger has it. The blocks of
 * a log stand one behind the other, so one is sealed when the ledger has the one before: one block at most is under way,
 * and what waits behind it is not answered yet. A block that fails after its answers went out can only be told.
 */
export function unawaitedLog({ log, meter, journal }: UnawaitedPorts): RoundLog {
  const tell = (message: string, cause: unknown): void => {
    meter.batchFailed('ledger');
    journal.fault(message, cause);
  };
  return {
    get isAvailable() {
      return log.isAvailable;
    },
    append: (entry) =>
      new Promise<Appended>((resolve, reject) => {
        let sealed: BlockAddress | undefined;
        const answersIn: Entry['answersIn'] = (block) => {
          // It may refuse the block, which is then neither sent nor answered.
          const answers = entry.answersIn?.(block) ?? [];
          sealed = block;
          resolve(block);
          return answers;
        };
        log.append({ ...entry, answersIn }).then(
          (appended) => {
            if (appended === UNKNOWN)
              tell(`${nameOf(sealed)} was answered and is not known to stand`, undefined);
          },
          (cause: unknown) => {
            if (sealed === undefined) reject(asError(cause));
            else tell(`${nameOf(sealed)} was answered and is lost`, cause);
          },
        );
      }),
  };
}

function nameOf(block: BlockAddress | undefined): string {
  return `block ${block?.block} of ${block?.node}`;
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
