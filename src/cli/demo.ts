import type { Terminal } from './terminal.js';

export function demo(terminal: Terminal): Promise<number> {
  terminal.out('');
  return Promise.resolve(0);
}
