import { Counter, Histogram, type Registry } from 'prom-client';
import { LATENCY_BUCKETS } from './registry.js';

export interface HttpMetrics {
  readonly observeRequest: (route: string, method: string, status: number, durationMs: number) => void;
  readonly countRefusal: (code: string) => void;
}

/** Requests by route, method and status, and why they were refused. The count of the histogram is the request rate. */
export function httpMetrics(registry: Registry): HttpMetrics {
  const registers = [registry];
  const duration = new Histogram({
    name: 'parley_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const refusals = new Counter({
    name: 'parley_http_refusals_total',
    help: 'Requests answered with an error, at the door or behind it, by error code',
    labelNames: ['code'] as const,
    registers,
  });
  return {
    observeRequest: (route, method, status, durationMs) => {
      duration.observe({ route, method, status: String(status) }, durationMs / 1000);
    },
    countRefusal: (code) => {
      refusals.inc({ code });
    },
  };
}
