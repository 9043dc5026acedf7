import { count } from './words.js';
import type { Terminal } from '../terminal.js';

const BAR_WIDTH = 40;

/** One line that counts up while a person is looking, and is gone when all is done; nothing in a file or a pipe. */
export function showProgress(terminal: Terminal, rounds: number): (done: number) => void {
  if (!terminal.isInteractive) return () => undefined;
  return (done) => {
    const line = progressLine(done, rounds);
    terminal.out(done < rounds ? `\r${line}` : `\r${' '.repeat(line.length)}\r`);
  };
}

function progressLine(done: number, rounds: number): string {
  const filled = Math.floor((BAR_WIDTH * done) / rounds);
  const bar = '#'.repeat(filled).padEnd(BAR_WIDTH, '.');
  return `  [${bar}] ${count(done)} of ${count(rounds)} rounds`;
}
