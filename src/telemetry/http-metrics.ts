import { Histogram, type Registry } from 'prom-client';
import { LATENCY_BUCKETS } from './registry.js';

export type ObserveRequest = (route: string, method: string, status: number, durationMs: number) => void;

/** Requests by route, method and status. The count of the histogram is the request rate. */
export function httpMetrics(registry: Registry): ObserveRequest {
  const duration = new Histogram({
    name: 'parley_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: LATENCY_BUCKETS,
    registers: [registry],
  });
  return (route, method, status, durationMs) => {
    duration.observe({ route, method, status: String(status) }, durationMs / 1000);
  };
}
