import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { builtFile } from './build.js';

export interface WorkerFile {
  readonly url: URL;
  /** A path beside the worker that both sides can look at; nothing stands there yet. */
  readonly signalPath: string;
}

/**
 * A worker of its own for one test: the real one, with statements in front of it. `atStart` runs when a thread loads
 * it; `atBatch` runs for each batch, with its bytes as `packet`. Both see the path of the signal as `signal`.
 */
export function workerFile({ atStart = '', atBatch = '' }): WorkerFile {
  const folder = mkdtempSync(join(tmpdir(), 'parley-worker-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const signalPath = join(folder, 'signal');
  const file = join(folder, 'worker.mjs');
  const lines = [
    `import clearRounds from '${builtFile('workers/rounds.js').href}';`,
    `import { appendFileSync, existsSync, statSync } from 'node:fs';`,
    `const signal = '${signalPath}';`,
    `const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);`,
    atStart,
    `export default function (task) {`,
    // As the real worker does first of all: from here on the pool counts the time.
    `  Atomics.store(task.begun, 0, process.hrtime.bigint());`,
    `  const packet = Buffer.from(task.packet);`,
    atBatch,
    `  return clearRounds(task);`,
    `}`,
  ];
  writeFileSync(file, lines.join('\n'));
  return { url: pathToFileURL(file), signalPath };
}
