import type { Writable } from 'node:stream';

/** What a command may use of the process, so that tests can run one without a process. */
export interface Terminal {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a person is looking, so that colours mean something. */
  readonly isInteractive: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard output for what is longer than memory: it says when it has enough. */
  readonly output: Writable;
  /** The width of standard error, where a person looks at it; undefined where it is a file or a pipe. */
  readonly errorColumns: (() => number) | undefined;
}

/** What went wrong in words a user can act on; the command ends with this status and no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
