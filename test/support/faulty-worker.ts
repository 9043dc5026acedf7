import { bid, bytesOf, goodRound } from './rounds.js';
import { workerFile } from './worker-file.js';

/** What a worker does with a batch that carries the seat of this name. */
const FAULTS = {
  throws: 'throw new Error("broken on purpose");',
  'throws-unsendable': 'throw () => "a function cannot travel between threads";',
  exits: 'process.exit(3);',
  'exits-politely': 'process.exit(0);',
  hangs: 'for (;;);',
  'answers-nothing': 'return undefined;',
  'answers-noise': 'return new ArrayBuffer(7);',
  'rejects-later': 'return new Promise((_, reject) => setImmediate(reject, new Error("late")));',
  'breaks-later': 'return new Promise(() => setImmediate(() => { throw new Error("uncaught"); }));',
} as const;

export type Fault = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as Fault[];

/** A round that makes the faulty worker fail. */
export function faultyRound(fault: Fault): Buffer {
  return bytesOf(goodRound({ bids: [bid('b1', 1, { seat: markOf(fault) })] }));
}

/** The real worker behind a gate that looks for the marks of faulty rounds. */
export function faultyWorker(): URL {
  return workerFile({ atBatch: GATES }).url;
}

/** The same, with a statement for its start; `loads` says how many threads have loaded it, this one included. */
export function faultyWorkerThat(atStart: string): URL {
  const counts = `appendFileSync(signal, '.'); const loads = statSync(signal).size;`;
  return workerFile({ atStart: `${counts} ${atStart}`, atBatch: GATES }).url;
}

const GATES = FAULT_NAMES.map(
  (fault) => `if (packet.includes('${markOf(fault)}')) { ${FAULTS[fault]} }`,
).join('\n');

function markOf(fault: Fault): string {
  return `fault:${fault};`;
}
