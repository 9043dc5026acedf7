import type { Terminal } from '../terminal.js';
import { type Progress, progressLine, totalsLine } from './progress-line.js';

const REDRAW_MS = 250;

export interface Shown {
  /** Takes the line away and says the totals. */
  readonly finish: () => void;
}

/** A line on standard error that is redrawn while a person looks at it; nothing in a file or a pipe. */
export function showProgress({ err, errorColumns }: Terminal, progress: () => Progress): Shown {
  if (errorColumns === undefined) return { finish: () => undefined };
  const draw = (): void => {
    const columns = errorColumns();
    err(`\r${progressLine(progress(), columns).padEnd(columns - 1)}`);
  };
  const clear = (): void => {
    err(`\r${' '.repeat(errorColumns() - 1)}\r`);
  };
  const timer = setInterval(draw, REDRAW_MS);
  // However the process ends, the next prompt stands at the beginning of an empty line.
  process.once('exit', clear);
  draw();
  return {
    finish: () => {
      clearInterval(timer);
      process.off('exit', clear);
      clear();
      err(`${totalsLine(progress())}\n`);
    },
  };
}
