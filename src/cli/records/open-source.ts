import type { Config } from '../../config/read-config.js';
import { ledgerSource } from '../../engine/replay/ledger-source.js';
import type { TrailSource } from '../../engine/replay/trail-source.js';
import { askWith } from '../ask-engine.js';
import { openSharedLedger } from '../shared-ledger.js';
import { engineSource } from './engine-source.js';
import { exportSource } from './export-source.js';

export interface OpenSource {
  readonly source: TrailSource;
  readonly close: () => Promise<void>;
}

const closesNothing = () => Promise.resolve();
const ADDRESS = /^https?:\/\//;

export function isAddress(from: string): boolean {
  return ADDRESS.test(from);
}

/** Where an engine with this configuration listens. */
export function ownAddress({ PARLEY_HOST: host, PARLEY_PORT: port }: Config): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The trail of an engine or a file; where nothing is named, that of the ledger that outlives engines, or else of the engine
 * that listens where this configuration says.
 */
export async function openSource(from: string | undefined, config: Config): Promise<OpenSource> {
  const ask = askWith(config);
  if (from !== undefined) {
    const source = isAddress(from) ? engineSource(from, ask) : exportSource(from);
    return { source, close: closesNothing };
  }
  const ledger = await openSharedLedger(config);
  if (ledger === undefined) return { source: engineSource(ownAddress(config), ask), close: closesNothing };
  return { source: ledgerSource(ledger), close: () => ledger.close() };
}
