import type { Terminal } from '../terminal.js';
import { type Progress, progressLine, totalsLine } from './progress-line.js';

const REDRAW_MS = 250;
/** A terminal that does not say how wide it is says 0. */
const USUAL_COLUMNS = 80;

export interface Shown {
  /** Takes the line away and says the totals. */
  readonly finish: () => void;
}

/** A line on standard error that is redrawn while a person looks at it; nothing in a file or a pipe. */
export function showProgress({ err, errorColumns }: Terminal, progress: () => Progress): Shown {
  if (errorColumns === undefined) return { finish: () => undefined };
  const columns = (): number => errorColumns() || USUAL_COLUMNS;
  const draw = (): void => {
    const width = columns();
    err(`\r${progressLine(progress(), width).padEnd(width - 1)}`);
  };
  const clear = (): void => {
    err(`\r${' '.repeat(columns() - 1)}\r`);
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
