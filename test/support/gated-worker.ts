import { writeFileSync } from 'node:fs';
import { workerFile } from './worker-file.js';

/** Empty batches, which only warm the threads, pass. */
const WARMING_BYTES = 8;
const WAIT = `while (packet.length > ${WARMING_BYTES} && !existsSync(signal)) sleep(5);`;

/** A worker that clears nothing before the gate is opened, as if every batch took very long. */
export function gatedWorker(): { readonly url: URL; readonly open: () => void } {
  const { url, signalPath } = workerFile({ atBatch: WAIT });
  return {
    url,
    open: () => {
      writeFileSync(signalPath, '');
    },
  };
}
