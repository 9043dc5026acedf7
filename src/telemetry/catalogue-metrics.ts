import { Gauge, type Registry } from 'prom-client';
import type { Catalogue } from '../engine/catalogue.js';

/** How much the catalogue of policies and profiles holds; asked at each scrape. */
export function catalogueMetrics(registry: Registry, catalogue: Pick<Catalogue, 'bytes' | 'count'>): void {
  const registers = [registry];
  new Gauge({
    name: 'parley_catalogue_versions',
    help: 'Versions of policies and profiles that this node has',
    registers,
    collect() {
      this.set(catalogue.count);
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
