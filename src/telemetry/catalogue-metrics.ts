import { Gauge, type Registry } from 'prom-client';
import type { Catalogue } from '../engine/catalogue.js';
import { CATALOGUE_KINDS } from '../schema/catalogue.js';

/** How much the catalogue of policies and profiles holds; asked at each scrape. */
export function catalogueMetrics(registry: Registry, catalogue: Pick<Catalogue, 'bytes' | 'countOf'>): void {
  const registers = [registry];
  new Gauge({
    name: 'parley_catalogue_versions',
    help: 'Versions of policies and profiles that this node has, by kind',
    labelNames: ['kind'] as const,
    registers,
    collect() {
      for (const kind of CATALOGUE_KINDS) this.set({ kind }, catalogue.countOf(kind));
    },
  });
  new Gauge({
    name: 'parley_catalogue_bytes',
    help: 'Shared memory that policies and profiles take',
    registers,
    collect() {
      this.set(catalogue.bytes);
    },
  });
}
