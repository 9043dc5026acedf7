import type { FastifyInstance } from 'fastify';

type ObserveRequest = (route: string, method: string, status: number, durationMs: number) => void;

const NO_ROUTE = 'none';

/** Times every answered request under the pattern of its route, never under its address. */
export function useRequestMetrics(app: FastifyInstance, observe: ObserveRequest): void {
  app.addHook('onResponse', (request, reply, done) => {
    observe(request.routeOptions.url ?? NO_ROUTE, request.method, reply.statusCode, reply.elapsedTime);
    done();
  });
}
